import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { format } from 'c/accordLabels';
import { tryAutoCreate } from 'c/accordSettingsApi';
import { orgAddress } from 'c/accordSettingsSource';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';

const numberOf = (number) => new Intl.NumberFormat(LOCALE).format(number);
const SENT = ['name', 'stages', 'types', 'amount_from', 'amount_to', 'currency', 'point_person', 'template_id', 'title', 'stage_title'];

/** Which deals a rule that is off would give a plan now; only then it can be switched on. Event: on {alsoExisting}. */
export default class AccordAutoTry extends LightningElement {
    /** The rule as it is on the page, saved or not. */
    @api rule;
    labels = labels;
    isLooking = false;
    problems = [];
    found = null;
    /** The rule that was looked at: with other words it would be another look. */
    lookedAt = null;
    _isFocusDue = false;

    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-sum]')?.focus();
    }
    get sent() {
        return Object.fromEntries(SENT.map((name) => [name, this.rule[name]]));
    }
    get isKnown() {
        return Boolean(this.found) && this.lookedAt === JSON.stringify(this.sent);
    }
    get lookLabel() {
        return format(labels.lookOf, this.rule.name);
    }

    async handleLook() {
        const { sent } = this;
        Object.assign(this, { isLooking: true, problems: [], found: null });
        try {
            const found = await tryAutoCreate({ ...sent, enabled: false });
            Object.assign(this, { found, lookedAt: JSON.stringify(sent), _isFocusDue: true });
        } catch (error) {
            const items = error.items?.length ? error.items : [error];
            this.problems = items.map(({ message }, index) => ({ key: String(index), message }));
        } finally {
            this.isLooking = false;
        }
    }
    handleNew() {
        this.turnOn(false);
    }
    handleAlso() {
        this.turnOn(true);
    }
    turnOn(alsoExisting) {
        this.dispatchEvent(new CustomEvent('on', { detail: { alsoExisting } }));
    }

    get sum() {
        const { would_make: made, would_wait: waiting } = this.found;
        return format(labels.sum, numberOf(made), numberOf(waiting));
    }
    get facts() {
        const { had_one: had, other_currency: other, is_more: isMore, looked_at: looked, calls } = this.found;
        const facts = [
            format(labels.cost, numberOf(calls)),
            had && format(labels.hadOne, numberOf(had)),
            other && format(labels.otherCurrency, numberOf(other)),
            isMore && format(labels.isMore, numberOf(looked))
        ];
        return facts.filter(Boolean).map((text, index) => ({ key: String(index), text }));
    }
    get deals() {
        return this.found.deals.map((deal) => ({
            ...deal,
            address: orgAddress(`lightning/r/Opportunity/${deal.opportunity_id}/view`)
        }));
    }
}
