import { openCanvas } from './canvas.js';
import { closeMenusPolitely } from './menu.js';

closeMenusPolitely();
openCanvas(`${window.location.pathname}/canvas`);
