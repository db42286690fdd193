import './styleNonce.js';
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

// The record page may fit the frame to its content.
if (session.parent_origin) {
    new ResizeObserver(() => {
        const height = Math.ceil(panel.getBoundingClientRect().height);
        window.parent.postMessage({ type: 'accord:resize', height }, session.parent_origin);
    }).observe(panel);
}
