import './strictPolicy.js';
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import AccordPanel from 'c/accordPanel';
import { session } from './session.js';

const panel = createElement('c-accord-panel', { is: AccordPanel });
panel.recordId = session.record_id;
panel.objectApiName = session.object_api_name;
document.getElementById('panel').appendChild(panel);

// The frame holds nothing but the panel, so Ctrl+S saves wherever the focus is; in Lightning only inside the panel.
document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's' && !event.defaultPrevented) {
        event.preventDefault();
        panel.save();
    }
});
