import { LightningElement, api } from 'lwc';
import texts, { format, partLabels, planLabels } from 'c/accordLabels';
import { spoken } from 'c/accordValueText';

/** Somebody or something of a plan in one line, and the question before it is removed. */
export default class AccordPlanItem extends LightningElement {
    @api name;
    /** The Salesforce values that its texts name, as rows of the panel. */
    @api variables = [];
    /** Where the name leads; null: nowhere. */
    @api address = null;
    /** What else is said of it, in short texts. */
    @api facts = [];
    @api isInternal = false;
    /** The question, which names it. */
    @api question;
    /** remove() is done when the new plan is shown, and throws what is to be said here; null: it stays. */
    @api remove = null;

    labels = { ...texts, ...planLabels, ...partLabels };
    isAsking = false;
    isBusy = false;
    problem = null;
    _focusNext = null;

    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }
    get canRemove() {
        return Boolean(this.remove) && !this.isAsking;
    }
    get removeOf() {
        return format(partLabels.listRemoveOf, spoken(this.name, this.variables));
    }

    handleAsk() {
        Object.assign(this, { isAsking: true, problem: null });
    }
    handleCancel() {
        Object.assign(this, { isAsking: false, _focusNext: '[data-remove]' });
    }
    async handleConfirmed() {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await this.remove();
        } catch (error) {
            this.problem = error.code === 'CHANGED_MEANWHILE' ? partLabels.menuAgain : error.message;
        } finally {
            this.isBusy = false;
        }
    }
}
