import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

/** One row of the slideout's set-up. Events: relabel, move, swap (to the other tab), remove; each with the row's key. */
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
        const wanted = this.template.querySelector(`[data-${name}]`);
        (wanted.disabled ? this.template.querySelector(name === 'up' ? '[data-down]' : '[data-up]') : wanted).focus();
    }

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
    get isFirst() {
        return this.place === 1;
    }
    get isLast() {
        return this.place === this.count;
    }
    get labelOf() {
        return format(labels.labelOf, this.row.key);
    }
    get upLabel() {
        return format(labels.moveUp, this.row.label);
    }
    get downLabel() {
        return format(labels.moveDown, this.row.label);
    }
    get swapLabel() {
        return format(labels.swap, this.row.label, this.otherTab);
    }
    get removeLabel() {
        return format(labels.remove, this.row.label);
    }

    tell(name, facts = {}) {
        this.dispatchEvent(new CustomEvent(name, { detail: { key: this.row.key, ...facts } }));
    }
    handleLabel({ target }) {
        this.tell('relabel', { label: target.value });
    }
    handleUp() {
        this.tell('move', { by: -1 });
    }
    handleDown() {
        this.tell('move', { by: 1 });
    }
    handleSwap() {
        this.tell('swap');
    }
    handleRemove() {
        this.tell('remove');
    }
}
