import { LightningElement, api } from 'lwc';

/**
 * The question before something that cannot be undone, answered by typing a name: what it means, whatever else is chosen (the
 * slot), the entry and its buttons. Events: confirm, with {typed}; cancel.
 */
export default class AccordTypedAsk extends LightningElement {
    /** What it means, in sentences. */
    @api facts = [];
    /** What has to be typed. */
    @api label;
    /** The button that does it, and what it says meanwhile. */
    @api confirmLabel;
    @api busyLabel;
    /** The button that does not; none where there is nothing to go back to. */
    @api cancelLabel = null;
    @api isBusy = false;
    /** What is wrong with what was typed. */
    @api problem = null;

    @api focus() {
        this.template.querySelector('[data-typed]').focus();
    }
    get sendLabel() {
        return this.isBusy ? this.busyLabel : this.confirmLabel;
    }
    get invalid() {
        return this.problem ? 'true' : 'false';
    }
    get described() {
        return this.problem ? 'problem' : null;
    }

    handleSubmit(event) {
        event.preventDefault();
        if (this.isBusy) return;
        const typed = this.template.querySelector('[data-typed]').value.trim();
        this.dispatchEvent(new CustomEvent('confirm', { detail: { typed } }));
    }
    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }
}
