import { LightningElement, api } from 'lwc';
import labels from 'c/accordLabels';

/** A question before something that does not come back, at its place. Events: confirm, cancel. */
export default class AccordConfirm extends LightningElement {
    /** The question; it names what it is about. */
    @api question;
    /** The button that does it, and what it says meanwhile. */
    @api confirmLabel;
    @api busyLabel;
    @api isBusy = false;
    /** What went wrong with the last try. */
    @api error;

    labels = labels;
    _isFresh = true;

    renderedCallback() {
        if (this._isFresh) this.template.querySelector('[data-question]').focus();
        this._isFresh = false;
    }

    get ariaBusy() {
        return String(this.isBusy);
    }
    get sendLabel() {
        return this.isBusy ? this.busyLabel : this.confirmLabel;
    }

    handleKeydown(event) {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        this.handleCancel();
    }
    /** What is under way cannot be taken back. A button that is told to be off keeps the focus, which a disabled one would lose. */
    handleConfirm() {
        if (!this.isBusy) this.dispatchEvent(new CustomEvent('confirm'));
    }
    handleCancel() {
        if (!this.isBusy) this.dispatchEvent(new CustomEvent('cancel'));
    }
}
