import { LightningElement } from 'lwc';
import { brakes } from 'c/accordSettingsApi';
import { safetyLabels as labels } from 'c/accordSettingsLabels';

/** What keeps Accord from writing to the org, and what would be written. Events: brakes, when one was changed here; announce. */
export default class AccordSafety extends LightningElement {
    labels = labels;
    failure = null;
    found = null;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            this.found = await brakes();
        } catch (error) {
            this.failure = error;
        }
    }
    handleReload() {
        this.failure = null;
        this.load();
    }
    get isBlank() {
        return !this.found || Boolean(this.failure);
    }
    handleBrakes({ detail }) {
        this.found = detail.brakes;
        this.dispatchEvent(new CustomEvent('brakes'));
    }
    handleAnnounce({ detail }) {
        this.dispatchEvent(new CustomEvent('announce', { detail }));
    }
}
