import { openCanvas } from './canvas.js';
import { offerFlows } from './flows.js';
import { formatValues } from './format.js';
import { follow } from './live.js';
import { closeMenusPolitely } from './menu.js';

const { record, object } = document.body.dataset;
const address = `/lightning/r/${object}/${record}`;

formatValues(document);
closeMenusPolitely();
openCanvas(`${address}/canvas`);
offerFlows(`${address}/flows`);
follow(`${address}/changes`);
