import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

const STEPS = { up: -1, down: 1 };

/** One row of the slideout's set-up. Events: relabel, move, swap (to the other tab), remove, open (to all); each with the row's key. */
export default class AccordSlideoutRow extends LightningElement {
    @api row;
    @api place;
    @api count;
    @api otherTab;
    @api error;

    @api focus() {
        this.template.querySelector(this.error ? '[data-problem-at]' : '[data-label]').focus();
    }
    /** The button up, down or swap; at an end of the list the one that leads back. */
    @api focusOn(name) {
        const button = (which) => this.template.querySelector(`[data-do="${which}"]`);
        (button(name).disabled ? button(name === 'up' ? 'down' : 'up') : button(name)).focus();
    }

    labels = labels;

    get look() {
        return `row${this.error || this.reason ? ' row_bad' : ''}`;
    }
    get level() {
        return this.row.sobject === 'Account' ? labels.levelAccount : labels.levelOpportunity;
    }
    get reason() {
        return this.row.reason?.message;
    }
    get invalid() {
        return String(Boolean(this.error));
    }
    get labelOf() {
        return format(labels.labelOf, this.row.key);
    }
    get buttons() {
        const { label } = this.row;
        return [
            { name: 'up', label: format(labels.moveUp, label), icon: 'utility:arrowup', isOff: this.place === 1 },
            { name: 'down', label: format(labels.moveDown, label), icon: 'utility:arrowdown', isOff: this.place === this.count },
            { name: 'swap', label: format(labels.swap, label, this.otherTab), icon: 'utility:sort', isOff: false },
            { name: 'remove', label: format(labels.remove, label), icon: 'utility:delete', isOff: false }
        ];
    }

    tell(name, facts = {}) {
        this.dispatchEvent(new CustomEvent(name, { detail: { key: this.row.key, ...facts } }));
    }
    handleLabel({ target }) {
        this.tell('relabel', { label: target.value });
    }
    handleOpen({ target }) {
        this.tell('open', { isOpen: target.checked });
    }
    handleButton({ currentTarget }) {
        const name = currentTarget.dataset.do;
        if (name in STEPS) this.tell('move', { by: STEPS[name] });
        else this.tell(name);
    }
}
