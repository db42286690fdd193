import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { shellLabels as labels } from 'c/accordSettingsLabels';

/** What stands in place of a page that has nothing to show yet: it loads, or says why it could not. Event: retry. */
export default class AccordPageState extends LightningElement {
    /** An error of the API's shape; null while the page loads. */
    @api failure;
    labels = labels;

    @api focus() {
        this.template.querySelector('[data-headline]')?.focus();
    }
    get isRefused() {
        return this.failure.code === 'NOT_ALLOWED';
    }
    get icon() {
        return this.isRefused || this.failure.code === 'SIGN_IN_AGAIN' ? 'utility:lock' : 'utility:warning';
    }
    get title() {
        return this.isRefused ? labels.noAccessTitle : labels.failedTitle;
    }
    get reference() {
        const isOurs = this.failure.reference && !(this.failure.status < 500);
        return isOurs ? format(labels.reference, this.failure.reference) : null;
    }
    get canRetry() {
        return !this.isRefused && this.failure.code !== 'SIGN_IN_AGAIN';
    }
    handleRetry() {
        this.dispatchEvent(new CustomEvent('retry'));
    }
}
