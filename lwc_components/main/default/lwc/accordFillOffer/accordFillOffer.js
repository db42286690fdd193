import { LightningElement, api } from 'lwc';
import { wholeText } from 'c/accordDryRunWords';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { dryRunFieldSync, fieldSyncRuns } from 'c/accordSettingsApi';
import { fieldSyncLabels as labels } from 'c/accordSettingsLabels';

/** After a save with new rows: what it costs to fill them for the plans that are there, and the button for it (D17). Events: begun, close. */
export default class AccordFillOffer extends LightningElement {
    /** The saved rows that are new, with their ids, as they are sent. */
    @api rows = [];
    labels = labels;
    found = null;
    problem = null;
    isBusy = false;

    connectedCallback() {
        this.look();
    }
    @api focus() {
        this.template.querySelector('[data-fill-text]').focus();
    }
    async look() {
        try {
            this.found = await dryRunFieldSync({ rows: this.rows, after: null, limit: 1 });
        } catch (error) {
            this.problem = error.message;
        }
    }
    get cost() {
        if (this.found) return wholeText(this.found.whole);
        return this.problem ? '' : labels.fillLooking;
    }
    get startLabel() {
        const { plans, calls_at_most: calls } = this.found.whole;
        return format(labels.fill, numberOf(plans), numberOf(calls));
    }
    async handleStart() {
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await fieldSyncRuns.start(this.rows.map(({ id }) => id));
            this.dispatchEvent(new CustomEvent('begun'));
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isBusy = false;
        }
    }
    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }
}
