import { LightningElement } from 'lwc';
import { trustLabels as labels } from 'c/accordSettingsLabels';

/**
 * What every list has whose rows are ended after a question, and where something new is made whose secret is shown once. Its buttons
 * that ask carry `data-id`, its heading `data-heading`. Event: announce.
 */
export default class AccordEnding extends LightningElement {
    labels = labels;
    /** The row that is asked about. */
    asked = null;
    isBusy = false;
    problem = null;
    /** What was made; gone when it is hidden. */
    made = null;

    /** A question tells its own problem. */
    get makeProblem() {
        return this.asked ? null : this.problem;
    }
    async attempt(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isBusy = false;
        }
    }
    announce(text) {
        this.template.querySelector('[data-heading]').focus();
        this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
    }
    handleAsk({ currentTarget }) {
        Object.assign(this, { asked: currentTarget.dataset.id, problem: null });
    }
    handleCancel() {
        Object.assign(this, { asked: null, problem: null });
        this.template.querySelector('[data-heading]').focus();
    }
    handleHide() {
        this.made = null;
        this.announce(labels.hidden);
    }
}
