import { LightningElement, api } from 'lwc';
import { planLabels as labels } from 'c/accordLabels';

/** That a plan is a draft, and the way to publish it. */
export default class AccordPlanDraft extends LightningElement {
    /** publish() is done when the published plan is shown, and throws what is to be said here. */
    @api publish;

    labels = labels;
    isBusy = false;
    error = null;

    get label() {
        return this.isBusy ? labels.publishing : labels.publish;
    }
    get ariaBusy() {
        return String(this.isBusy);
    }

    async handlePublish() {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, error: null });
        try {
            await this.publish();
        } catch (error) {
            this.error = error.message;
        } finally {
            this.isBusy = false;
        }
    }
}
