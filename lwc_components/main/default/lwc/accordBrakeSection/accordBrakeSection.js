import { LightningElement, api } from 'lwc';

/**
 * What every brake of the page Safety has: it asks once before it acts, says what was refused, and gives the focus back.
 * Events: brakes, with how it stands now; announce.
 */
export default class AccordBrakeSection extends LightningElement {
    /** How the brakes stand, as the API answers. */
    @api brakes;
    isAsking = false;
    isBusy = false;
    problem = null;
    _focusOn = null;

    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }
    handleAsk() {
        Object.assign(this, { isAsking: true, problem: null, _focusOn: '[data-ask-title]' });
    }
    handleCancel() {
        Object.assign(this, { isAsking: false, problem: null, _focusOn: '[data-ask]' });
    }

    /**
     * Does it, tells how it stands, and moves the focus to the section's heading.
     * @param call asks Accord; @param told the words for what was done, of the answer; @param wrong the element that gets the focus
     * when it was refused
     */
    async act(call, told, wrong = '[data-problem]') {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            const brakes = await call();
            Object.assign(this, { isAsking: false, _focusOn: '[data-heading]' });
            this.dispatchEvent(new CustomEvent('brakes', { detail: { brakes } }));
            this.dispatchEvent(new CustomEvent('announce', { detail: { text: told(brakes) } }));
        } catch (error) {
            Object.assign(this, { problem: error.message, _focusOn: wrong });
        } finally {
            this.isBusy = false;
        }
    }
}
