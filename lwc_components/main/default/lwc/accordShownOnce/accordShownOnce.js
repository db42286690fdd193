import { LightningElement, api } from 'lwc';
import { trustLabels as labels } from 'c/accordSettingsLabels';

/** What is shown once and nowhere again, until it is hidden or the page is left. Event: hide. */
export default class AccordShownOnce extends LightningElement {
    /** What it is, and what to do with it. */
    @api text;
    /** [{name, text}] */
    @api facts;

    labels = labels;
    _isFresh = true;

    renderedCallback() {
        if (this._isFresh) this.template.querySelector('[data-text]').focus();
        this._isFresh = false;
    }
    handleHide() {
        this.dispatchEvent(new CustomEvent('hide'));
    }
}
