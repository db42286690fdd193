import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { dealsWithPlans, planOfDeal, whyOfPlan } from 'c/accordSettingsApi';
import { syncWhyLabels as labels } from 'c/accordSettingsLabels';

/** One field as it is explained behind its button. Accord writes such fields with the integration owner's login. */
function explanationOf({ wrote, reason, sentence, is_hidden: isHidden }, waits) {
    return {
        is_hidden: isHidden,
        needs_login: false,
        changed_at: null,
        wrote: wrote ? [{ ...wrote, login: 'integration', login_name: wrote.login }] : [],
        skipped: reason ? { at: null, by: null, reason, sentence } : null,
        waits
    };
}

const fieldOf = ({ row_id: key, datum_label: datum, field_label: label, target, value, is_hidden: isHidden, sentence }) => ({
    key,
    name: format(labels.to, datum, label ?? target),
    target,
    value: isHidden ? labels.hidden : (value ?? labels.nothing),
    standing: sentence ?? labels.inOrder
});

/** Why the synced fields of one deal have their values, or were not written (D6). Nothing is asked before a deal is looked for. */
export default class AccordSyncWhy extends LightningElement {
    labels = labels;
    isBusy = false;
    problem = null;
    deals = null;
    /** {name, planId, enabled, fields} of the deal that was chosen. */
    chosen = null;
    _focusNext = null;

    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    get found() {
        if (!this.deals.length) return labels.none;
        return this.deals.length === 1 ? labels.foundOne : format(labels.found, this.deals.length);
    }
    get hasDeals() {
        return Boolean(this.deals?.length);
    }
    get title() {
        return format(labels.of, this.chosen.name);
    }
    get isOff() {
        return !this.chosen.enabled;
    }
    get fields() {
        return this.chosen.fields.map(fieldOf);
    }
    get hasFields() {
        return this.chosen.fields.length > 0;
    }

    async attempt(work) {
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isBusy = false;
        }
    }
    handleSearch(event) {
        event.preventDefault();
        const entry = this.template.querySelector('[data-search]');
        const text = entry.value.trim();
        if (!text) entry.focus();
        if (!text || this.isBusy) return;
        this.attempt(async () => {
            Object.assign(this, { deals: null, chosen: null });
            this.deals = await dealsWithPlans(text);
        });
    }
    handleChoose({ currentTarget }) {
        const { id } = currentTarget.dataset;
        const { name } = this.deals.find((deal) => deal.id === id);
        this.attempt(async () => {
            this.chosen = null;
            const planId = await planOfDeal(id);
            if (!planId) {
                this.deals = this.deals.filter((deal) => deal.id !== id);
                return;
            }
            Object.assign(this, { chosen: { name, planId, ...(await whyOfPlan(planId)) }, _focusNext: '[data-title]' });
        });
    }
    /** Asked anew, as a field may be written at any moment. */
    explain = async (rowId) => {
        const { fields, waits } = await whyOfPlan(this.chosen.planId);
        return explanationOf(
            fields.find((field) => field.row_id === rowId),
            waits
        );
    };
}
