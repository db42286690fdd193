// @salesforce/i18n/currency outside Lightning.
import { session } from '../page/session.js';

export default session.user?.currency ?? 'USD';
