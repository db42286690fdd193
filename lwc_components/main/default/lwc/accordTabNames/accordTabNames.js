import { LightningElement, api } from 'lwc';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

/** Update Tab Names: both tabs get another name. Events: rename {names}, close. */
export default class AccordTabNames extends LightningElement {
    @api names;
    labels = labels;
    trouble = null;

    @api focus() {
        this.template.querySelector('[data-name]').focus();
    }
    get first() {
        return this.names[0];
    }
    get second() {
        return this.names[1];
    }
    handleKeydown(event) {
        if (event.key === 'Escape') this.handleClose();
    }
    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }
    handleSubmit(event) {
        event.preventDefault();
        const inputs = [...this.template.querySelectorAll('[data-name]')];
        const names = inputs.map(({ value }) => value.trim());
        const missing = inputs.find((_input, index) => !names[index]);
        const isTwice = names[0].toLowerCase() === names[1].toLowerCase();
        this.trouble = missing ? labels.nameMissing : isTwice ? labels.nameTwice : null;
        if (this.trouble) (missing ?? inputs[1]).focus();
        else this.dispatchEvent(new CustomEvent('rename', { detail: { names } }));
    }
}
