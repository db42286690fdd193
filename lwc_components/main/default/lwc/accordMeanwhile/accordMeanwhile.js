import { LightningElement, api } from 'lwc';
import { shellLabels as labels } from 'c/accordSettingsLabels';

/** Two admins at once: tells the second one what the first has changed; what he has typed is still there. Events: merge, theirs. */
export default class AccordMeanwhile extends LightningElement {
    /** What Accord said: who was first, where it knows. */
    @api message;
    /** [{key, text, both}]: `both` was changed by both of them. */
    @api changes = [];
    labels = labels;

    get lead() {
        return this.changes.length ? labels.meanwhileText : labels.meanwhileNothing;
    }
    @api focus() {
        this.template.querySelector('[data-headline]').focus();
    }
    handleMerge() {
        this.dispatchEvent(new CustomEvent('merge'));
    }
    handleTheirs() {
        this.dispatchEvent(new CustomEvent('theirs'));
    }
}
