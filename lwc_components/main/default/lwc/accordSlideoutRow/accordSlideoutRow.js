import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

const STEPS = { up: -1, down: 1 };

/** One field of a set-up: the slideout's, or that of variables. Events: relabel, move, swap (to the other tab), remove, choose; each with the row's key. */
export default class AccordSlideoutRow extends LightningElement {
    @api row;
    @api place;
    @api count;
    /** The name of the other tab; without it there is none to move to. */
    @api otherTab;
    /** What is set by a box: [{name, label, hint, isOn, isOff}]; one that is off cannot be changed. */
    @api choices = [];
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
            ...(this.otherTab
                ? [{ name: 'swap', label: format(labels.swap, label, this.otherTab), icon: 'utility:sort', isOff: false }]
                : []),
            { name: 'remove', label: format(labels.remove, label), icon: 'utility:delete', isOff: false }
        ];
    }

    tell(name, facts = {}) {
        this.dispatchEvent(new CustomEvent(name, { detail: { key: this.row.key, ...facts } }));
    }
    handleLabel({ target }) {
        this.tell('relabel', { label: target.value });
    }
    handleChoose({ target }) {
        this.tell('choose', { name: target.dataset.choice, isOn: target.checked });
    }
    handleButton({ currentTarget }) {
        const name = currentTarget.dataset.do;
        if (name in STEPS) this.tell('move', { by: STEPS[name] });
        else this.tell(name);
    }
}
