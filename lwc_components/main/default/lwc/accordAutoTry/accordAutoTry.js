import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { format } from 'c/accordLabels';
import { tryAutoCreate } from 'c/accordSettingsApi';
import { orgAddress } from 'c/accordSettingsSource';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';

const numberOf = (number) => new Intl.NumberFormat(LOCALE).format(number);
const MOST_NAMED = 20;
const COUNTS = ['would_make', 'would_wait', 'had_one', 'by_others', 'other_currency', 'looked_at', 'calls'];
/** What of a rule decides which deals it meets and which plans they get. */
export const DECIDING = [
    'name',
    'stages',
    'types',
    'amount_from',
    'amount_to',
    'currency',
    'point_person',
    'playbook',
    'template_id',
    'title',
    'stage_title'
];

/** Two pages of deals as one. */
const together = (before, page) => ({
    ...page,
    ...Object.fromEntries(COUNTS.map((name) => [name, before[name] + page[name]])),
    deals: [...before.deals, ...page.deals].slice(0, MOST_NAMED)
});

/** Which deals a rule that is off would give a plan now; only then it can be switched on. Event: on {alsoExisting}. */
export default class AccordAutoTry extends LightningElement {
    /** The rule as it is on the page, saved or not. */
    @api rule;
    /** Ids of the rules above it: those that are on decide first. */
    @api above = [];
    labels = labels;
    isLooking = false;
    problems = [];
    found = null;
    lookedAt = null;
    _isFocusDue = false;

    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-sum]')?.focus();
    }
    get sent() {
        return Object.fromEntries(DECIDING.map((name) => [name, this.rule[name]]));
    }
    get isKnown() {
        return Boolean(this.found) && this.lookedAt === this.asked;
    }
    /** The rule with what stands above it: with others it would be another look. */
    get asked() {
        return JSON.stringify([this.sent, this.above]);
    }
    get lookLabel() {
        return format(labels.lookOf, this.rule.name);
    }

    handleLook() {
        this.found = null;
        this.look(null);
    }
    handleMore() {
        this.look(this.found);
    }
    /** `before`: what the pages before have told. */
    async look(before) {
        const { sent, above, asked } = this;
        Object.assign(this, { isLooking: true, problems: [] });
        try {
            const page = await tryAutoCreate({ rule: { ...sent, enabled: false }, above, after: before?.next ?? null });
            Object.assign(this, { found: before ? together(before, page) : page, lookedAt: asked, _isFocusDue: true });
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
        const { had_one: had, by_others: others, other_currency: other, next, looked_at: looked, calls } = this.found;
        const facts = [
            format(labels.cost, numberOf(calls)),
            had && format(labels.hadOne, numberOf(had)),
            others && format(labels.byOthers, numberOf(others)),
            other && format(labels.otherCurrency, numberOf(other)),
            next && format(labels.isMore, numberOf(looked))
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
