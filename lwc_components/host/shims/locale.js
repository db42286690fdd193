// @salesforce/i18n/locale outside Lightning: Salesforce writes en_US, browsers want en-US.
import { session } from '../page/session.js';

const FALLBACK = 'en-US';

function browserLocale(locale) {
    try {
        return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0];
    } catch {
        return FALLBACK;
    }
}

export default browserLocale(session.user?.locale ?? FALLBACK);
