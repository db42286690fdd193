import { LightningElement, api } from 'lwc';
import { isAsWished, valueOf, valueText } from 'c/accordCriterionText';
import { isInDoubt } from 'c/accordErrors';
import { criterionLabels as labels, format } from 'c/accordLabels';
import { spoken } from 'c/accordValueText';

const MEANWHILE = 'CHANGED_MEANWHILE';

/** The execution criteria of a plan, fulfilled or not, and what the plan has for each (B1). Event: said, with a text. */
export default class AccordPlanCriteria extends LightningElement {
    /** The whole plan. */
    @api plan;
    /** The Salesforce values that its texts name, as rows of the panel. */
    @api variables = [];
    /** Nothing can be set. */
    @api readOnly = false;
    /** save(criterion, value) is done when the new plan is shown; readAgain() answers with the plan as it is. Both throw. */
    @api save;
    @api readAgain;

    labels = labels;
    isOpen = false;
    _focusTitle = false;
    /** How a criterion is set: done when nothing is left to be said at it. */
    set = (criterion, value) => this.setValue(criterion, value);

    /** Whether leaving would lose something. */
    @api get hasTyped() {
        return [...this.template.querySelectorAll('c-accord-plan-criterion')].some((one) => one.hasTyped);
    }
    renderedCallback() {
        if (this._focusTitle) this.template.querySelector('[data-criteria]').focus();
        this._focusTitle = false;
    }

    get title() {
        const fulfilled = this.plan.criteria.filter(({ is_fulfilled: is }) => is).length;
        return format(labels.title, fulfilled, this.plan.criteria.length);
    }
    get expanded() {
        return String(this.isOpen);
    }
    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    /** Whether it cannot be said of some criteria if they are required now. */
    get isStageUnknown() {
        return this.plan.criteria.some((one) => one.is_required === null && !one.is_fulfilled);
    }
    get items() {
        return this.plan.criteria.map((criterion) => ({ id: criterion.id, criterion }));
    }
    handleToggle() {
        this.isOpen = !this.isOpen;
    }
    handleSaid({ detail }) {
        this.say(detail);
    }
    say(text) {
        this.dispatchEvent(new CustomEvent('said', { detail: text }));
    }

    /** Throws what is to be said at the criterion. A change of something else in the plan meanwhile is none of this one. */
    async setValue(criterion, value) {
        try {
            await this.save(criterion, value);
        } catch (error) {
            if (!(await this.isSettled(criterion, value, error))) throw error;
            return;
        }
        this.say(format(labels.isSaved, criterion.title));
    }
    async isSettled(criterion, value, error) {
        if (error.code !== MEANWHILE && error.code !== 'NOT_FOUND' && !isInDoubt(error)) return false;
        const now = (await this.readAgain()).criteria.find(({ id }) => id === criterion.id);
        if (!now) {
            this._focusTitle = true;
            this.say(format(labels.isGone, criterion.title));
            return true;
        }
        if (isAsWished(now, value)) {
            this.say(format(labels.isSaved, criterion.title));
            return true;
        }
        if (error.code !== MEANWHILE) return false;
        if (JSON.stringify(valueOf(now)) !== JSON.stringify(valueOf(criterion))) {
            throw Object.assign(error, { items: [], message: format(labels.meanwhile, spoken(valueText(now, this.plan), this.variables)) });
        }
        await this.save(criterion, value);
        this.say(format(labels.isSaved, criterion.title));
        return true;
    }
}
