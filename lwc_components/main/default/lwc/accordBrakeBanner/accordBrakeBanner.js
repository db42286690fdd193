import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { brakes } from 'c/accordSettingsApi';
import { bannerLabels as labels } from 'c/accordSettingsLabels';

/** Says on every page what keeps Accord from writing to the org; nothing when nothing does. Event: go, with the page. */
export default class AccordBrakeBanner extends LightningElement {
    /** The page that is open: there is no way to Safety from Safety. */
    @api current;
    labels = labels;
    found = null;

    connectedCallback() {
        this.refresh();
    }
    /** Looks again. What cannot be asked now is not told here: each page says so itself. */
    @api async refresh() {
        try {
            this.found = await brakes();
        } catch {
            this.found = null;
        }
    }

    get lines() {
        if (!this.found) return [];
        const { org, stopped, observed, quiet } = this.found;
        const lines = [
            stopped && { key: 'stopped', text: format(labels.stopped, org.name, momentOf(stopped.since), stopped.by ?? labels.byAccord) },
            observed && { key: 'observed', text: format(labels.observed, org.name, momentOf(observed.until)) },
            quiet && { key: 'quiet', text: format(labels.quiet, momentOf(quiet.until)) }
        ];
        return lines.filter(Boolean);
    }
    get canGo() {
        return this.current !== 'safety';
    }
    get isOpen() {
        return this.lines.length > 0;
    }
    get look() {
        const theme = this.found.stopped ? 'slds-theme_error' : 'slds-theme_warning';
        return `slds-scoped-notification banner ${theme}`;
    }
    get icon() {
        return this.found.stopped ? { name: 'utility:ban', variant: 'inverse' } : { name: 'utility:pause', variant: null };
    }
    handleGo() {
        this.dispatchEvent(new CustomEvent('go', { detail: { page: 'safety' } }));
    }
}
