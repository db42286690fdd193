import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { momentExact } from 'c/accordMoments';
import { dryRunFlowCall, flowCalls } from 'c/accordSettingsApi';
import { flowLabels as labels } from 'c/accordSettingsLabels';

const ACTIONS = {
    logAccordActivities: labels.logActivity,
    getAccordPlans: labels.getPlan,
    connectAccordDeals: labels.connectDeal,
    getAccordSyncStatus: labels.getStatus,
    syncAccordRecordsNow: labels.syncNow
};
const OUTCOMES = {
    queued: { text: labels.queued, look: 'slds-theme_success' },
    done: { text: labels.done, look: 'slds-theme_success' },
    duplicate: { text: labels.duplicate, look: 'slds-badge_lightest' },
    skipped: { text: labels.skipped, look: 'slds-badge_lightest' },
    refused: { text: labels.refused, look: 'slds-theme_error' }
};
const RECORD = /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/;

const textOf = (value) => (value === null || value === '' ? null : String(value));

function shownCall(call) {
    const outcome = OUTCOMES[call.outcome] ?? { text: call.outcome, look: 'slds-badge_lightest' };
    const actionText = ACTIONS[call.action] ?? call.action;
    const when = momentExact(call.at);
    return {
        ...call,
        when,
        actionText,
        flowText: call.flow_name || labels.unnamed,
        look: `slds-badge ${outcome.look}`,
        outcomeText: call.error_code ? `${outcome.text} (${call.error_code})` : outcome.text,
        tookText: format(labels.milliseconds, call.milliseconds),
        againLabel: format(labels.againOf, actionText, when)
    };
}

/** The log of Flow calls: found by the reference that a flow shows, or by a record, and run again without doing anything. */
export default class AccordFlowCalls extends LightningElement {
    labels = labels;
    failure = null;
    found = null;
    which = {};
    result = null;
    _isFocusDue = false;

    connectedCallback() {
        this.load();
    }
    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-result-title]')?.focus();
    }
    async load() {
        Object.assign(this, { failure: null, result: null });
        const { which } = this;
        try {
            const found = await flowCalls(which);
            if (which === this.which) this.found = found;
        } catch (error) {
            if (which === this.which) this.failure = error;
        }
    }
    handleReload() {
        this.load();
    }
    handleSearch(event) {
        event.preventDefault();
        const text = this.template.querySelector('[data-search]').value.trim();
        if (!text) this.which = {};
        else this.which = RECORD.test(text) ? { record: text } : { reference: text };
        this.load();
    }

    get isBlank() {
        return !this.found || Boolean(this.failure);
    }
    get hasCalls() {
        return this.found.length > 0;
    }
    get count() {
        if (!this.hasCalls) return Object.keys(this.which).length ? labels.noneFound : labels.none;
        return format(this.found.length === 1 ? labels.countOne : labels.count, this.found.length);
    }
    get calls() {
        return this.found.map(shownCall);
    }

    async handleAgain({ currentTarget }) {
        try {
            const answer = await dryRunFlowCall(currentTarget.dataset.id);
            const facts = Object.entries(answer).map(([name, value]) => ({ name, text: textOf(value) }));
            this.result = { problem: null, facts: facts.filter(({ text }) => text !== null) };
        } catch (error) {
            this.result = { problem: error.message, facts: [] };
        }
        this._isFocusDue = true;
    }
}
