import './strictPolicy.js';
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import AccordPanel from 'c/accordPanel';
import { tellHeight } from './frame.js';
import { refreshOnReturn } from './freshness.js';
import { session } from './session.js';

/** The panel of one record. */
function openPanel() {
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

    // a reload of this page or of the one around it would lose what was typed: the browser asks
    window.addEventListener('beforeunload', (event) => {
        if (panel.hasUnsaved) event.preventDefault();
    });

    refreshOnReturn(() => panel.refresh());
    tellHeight(document.getElementById('panel'));
}

// the settings tab is seldom opened: its code comes when it is
if (session.page === 'settings') import('./settings.js');
else openPanel();
