// The settings tab in its frame.
import { createElement } from 'lwc';
import AccordSettings from 'c/accordSettings';
import { tellHeight } from './frame.js';

const settings = createElement('c-accord-settings', { is: AccordSettings });
const place = document.getElementById('panel');
place.appendChild(settings);

// a reload of this page or of the one around it would lose what was changed: the browser asks
window.addEventListener('beforeunload', (event) => {
    if (settings.hasUnsaved) event.preventDefault();
});
tellHeight(place);
