import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

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
    /** The button that was pressed; a row that came into another tab is a new one, and is told which. */
    @api focusOrder(pressed) {
        this.template.querySelector('c-accord-row-order').focus(pressed);
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
    get index() {
        return this.place - 1;
    }
    get names() {
        const { label } = this.row;
        return {
            up: format(labels.moveUp, label),
            down: format(labels.moveDown, label),
            swap: this.otherTab && format(labels.swap, label, this.otherTab),
            remove: format(labels.remove, label)
        };
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
    handleMove({ detail }) {
        this.tell('move', detail);
    }
    handleSwap() {
        this.tell('swap');
    }
    handleRemove() {
        this.tell('remove');
    }
}
