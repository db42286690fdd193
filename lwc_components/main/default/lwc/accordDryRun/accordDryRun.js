import { LightningElement, api } from 'lwc';
import { sumText, wholeText } from 'c/accordDryRunWords';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { dryRunFieldSync } from 'c/accordSettingsApi';
import { orgAddress } from 'c/accordSettingsSource';
import { syncRunLabels as labels } from 'c/accordSettingsLabels';

const PLANS_AT_ONCE = 20;

/** A value as it is shown; one that the person's own login may not see stays hidden. */
const shownValue = (value, isHidden) => (isHidden ? labels.hidden : (value ?? labels.empty));

const rowsOf = (plans) =>
    plans.flatMap(({ plan_id: planId, opportunity_id: deal, fields }) =>
        fields.map((field) => ({
            ...field,
            key: `${planId} ${field.row_id} ${field.target}`,
            address: orgAddress(`lightning/r/Opportunity/${deal}/view`),
            openLabel: format(labels.openDeal, deal),
            before: shownValue(field.old, field.is_hidden),
            after: shownValue(field.new, field.is_hidden),
            happens: field.action === 'write' ? labels.isWritten : (field.sentence ?? labels.isSkipped)
        }))
    );

/** What the rows on the page, saved or not, would write, value by value, and what it would cost. Nothing is written (D14). */
export default class AccordDryRun extends LightningElement {
    /** The rows as they are sent. */
    @api draftRows = [];
    /** It looks at once: somebody comes to see each value. */
    @api isLook = false;
    labels = labels;
    isLooking = false;
    problem = null;
    found = null;
    plans = [];
    _isFocusDue = false;

    connectedCallback() {
        if (this.isLook) this.look(null);
    }
    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-sum]')?.focus();
    }
    /** Each value of what was found already. */
    @api show(found) {
        Object.assign(this, { found, plans: found.plans, problem: null, _isFocusDue: true });
    }
    async look(after) {
        Object.assign(this, { isLooking: true, problem: null });
        try {
            const found = await dryRunFieldSync({ rows: this.draftRows, after, limit: PLANS_AT_ONCE });
            const plans = after ? [...this.plans, ...found.plans] : found.plans;
            Object.assign(this, { found, plans, _isFocusDue: !after });
        } catch (error) {
            this.problem = error.items?.[0]?.message ?? error.message;
        } finally {
            this.isLooking = false;
        }
    }
    handleLook() {
        this.look(null);
    }
    handleMore() {
        this.look(this.found.next);
    }

    get rows() {
        return rowsOf(this.plans);
    }
    get hasRows() {
        return this.rows.length > 0;
    }
    get sum() {
        return sumText(this.found, this.plans.length);
    }
    get cost() {
        return wholeText(this.found.whole);
    }
    get skips() {
        const texts = new Map(this.rows.filter(({ action }) => action === 'skip').map(({ reason, happens }) => [reason, happens]));
        const skips = Object.entries(this.found.skipped).map(([reason, count]) => ({
            key: reason,
            text: format(labels.skipped, numberOf(count), texts.get(reason) ?? reason)
        }));
        return skips.length ? skips : null;
    }
}
