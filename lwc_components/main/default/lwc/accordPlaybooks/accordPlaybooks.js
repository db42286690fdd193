import { LightningElement, api } from 'lwc';
import { playbooks } from 'c/accordSettingsApi';
import { playbooksLabels as labels } from 'c/accordSettingsLabels';

/** Settings > CRM > Playbooks > Manage: what new plans begin with is named, described, put in order, hidden and deleted (B1). Event: announce. */
export default class AccordPlaybooks extends LightningElement {
    labels = labels;
    found = null;
    failure = null;
    _focusOn = null;

    connectedCallback() {
        this.load();
    }
    /** Rows that change places lose the focus, so it is given back when they stand. */
    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) (this.template.querySelector(selector) ?? this.template.querySelector('c-accord-playbook'))?.focus();
    }
    async load() {
        try {
            Object.assign(this, { found: await playbooks(), failure: null });
        } catch (error) {
            this.failure = error;
        }
    }
    handleRetry() {
        this.failure = null;
        this.load();
    }

    get isBlank() {
        return !this.found || Boolean(this.failure);
    }
    get isEmpty() {
        return !this.found.length;
    }
    get rows() {
        return this.found.map((playbook, position) => ({ playbook, position }));
    }
    /** Whether leaving the page would lose what somebody has typed. */
    @api get hasUnsaved() {
        return [...this.template.querySelectorAll('c-accord-playbook')].some(({ hasUnsaved }) => hasUnsaved);
    }

    /** A change of one may move the others: all are read again. */
    async handleChanged({ currentTarget, detail: { text } }) {
        this._focusOn = `c-accord-playbook[data-id="${currentTarget.dataset.id}"]`;
        await this.load();
        this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
    }
    handleOutdated() {
        return this.load();
    }
}
