import { formatValues } from './format.js';
import { follow } from './live.js';
import { closeMenusPolitely } from './menu.js';

formatValues(document);
closeMenusPolitely();
follow('/lightning/o/Opportunity/changes');
