import { LightningElement, api } from 'lwc';
import { isInDoubt } from 'c/accordErrors';
import texts, { format, partLabels as labels } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { dayText, moneyText } from 'c/accordPlanText';

const NAMES = { close_date: labels.linkedEndDate, amount: labels.linkedValue };
const STANDINGS = {
    equal: { text: labels.linkedEqual, look: 'slds-badge slds-theme_success' },
    not_read: { text: labels.linkedNotRead, look: 'slds-badge' },
    on_its_way: { text: labels.linkedOnItsWay, look: 'slds-badge' },
    conflict: { text: labels.linkedConflict, look: 'slds-badge slds-theme_warning' },
    frozen: { text: labels.linkedFrozen, look: 'slds-badge slds-theme_warning' },
    apart: { text: labels.linkedApart, look: 'slds-badge slds-theme_warning' }
};
const OFF = { text: labels.linkedOff, look: 'slds-badge' };
/** What becomes otherwise by itself. */
const UNDER_WAY = new Set(['on_its_way', 'not_read']);
/** All of a plan that its deal can have too. */
const sharedOf = ({ opportunity_id: deal, end_date: day, value }) => JSON.stringify([deal, day, value?.amount, value?.currency]);
const LOOK_AGAIN = new Set(['STALE_EDIT', 'NOT_FOUND']);

/**
 * The two values that a plan shares with its deal: how they stand, and of a conflict both values and the choice between them (D28).
 * Events: said, with a text; decided, when the plan may have another value.
 */
export default class AccordLinkedValues extends LightningElement {
    /** {linked(planId), decide(planId, linked, choose, version)}, both answer with how all of them stand. */
    @api ways;

    labels = { ...texts, ...labels };
    values = null;
    failure = null;
    /** What is to be said at a value: {linked, text}. */
    trouble = null;
    busy = null;
    _plan;
    _reads = 0;
    _asked = 0;

    /** The whole plan. How its values stand is asked again when that may be another way than what is shown. */
    @api
    get plan() {
        return this._plan;
    }
    set plan(plan) {
        const before = this._plan;
        if (plan.id !== before?.id) Object.assign(this, { values: null, trouble: null });
        this._plan = plan;
        const isSettled = this.values?.every(({ is_enabled: isEnabled, standing }) => !isEnabled || !UNDER_WAY.has(standing));
        if (this.isConnected && !(isSettled && sharedOf(plan) === sharedOf(before))) this.load();
    }
    /** How often the plan was asked for; once more, and how its values stand is asked as well. */
    @api
    get reads() {
        return this._reads;
    }
    set reads(reads) {
        this._reads = reads;
        if (this.isConnected) this.load();
    }

    connectedCallback() {
        this.load();
    }

    get isShown() {
        return Boolean(this.failure || this.values?.length);
    }
    get items() {
        return (this.values ?? []).map((one) => {
            const name = NAMES[one.linked];
            const { text, look } = one.is_enabled ? STANDINGS[one.standing] : OFF;
            return {
                key: one.linked,
                name,
                text: this.valueText(one),
                standing: text,
                look,
                sentence: one.is_enabled ? one.sentence : null,
                advice: one.advice,
                since: one.since ? format(labels.linkedSince, momentOf(one.since)) : null,
                choice: one.conflict && one.is_enabled ? this.choiceOf(one, name) : null,
                note: one.standing === 'conflict' && !one.is_visible ? labels.linkedHiddenChoice : null,
                trouble: this.trouble?.linked === one.linked ? this.trouble.text : null
            };
        });
    }
    valueText({ linked, is_visible: isVisible, conflict }) {
        if (conflict) return null;
        if (linked === 'close_date') return this._plan.end_date ? dayText(this._plan.end_date) : labels.linkedNone;
        if (this._plan.value) return moneyText(this._plan.value);
        return isVisible ? labels.linkedNone : labels.linkedHidden;
    }
    choiceOf({ linked, conflict, may_write: mayWrite }, name) {
        const textOf = (value) => {
            if (value === null) return labels.linkedNone;
            return linked === 'close_date' ? dayText(value) : moneyText({ amount: value, currency: conflict.currency });
        };
        return {
            heading: format(labels.linkedAsk, name),
            theirs: textOf(conflict.salesforce),
            ours: textOf(conflict.accord),
            takeTheirs: format(labels.linkedTakeOf, labels.linkedTakeTheirs, name),
            takeOurs: format(labels.linkedTakeOf, labels.linkedTakeOurs, name),
            mayWrite,
            noEdit: mayWrite ? null : labels.linkedNoEdit,
            isBusy: this.busy === linked
        };
    }

    async load() {
        this._asked += 1;
        const number = this._asked;
        try {
            const { values } = await this.ways.linked(this._plan.id);
            if (number === this._asked) Object.assign(this, { values, failure: null });
        } catch {
            // what is shown stays
            if (number === this._asked && !this.values) this.failure = labels.linkedFailed;
        }
    }

    handleChoice({ currentTarget: { dataset } }) {
        if (!this.busy) this.decide(dataset.of, dataset.choose);
    }
    async decide(linked, choose) {
        const { version } = this.values.find((one) => one.linked === linked);
        Object.assign(this, { busy: linked, trouble: null });
        try {
            await this.settled(linked, this.ways.decide(this._plan.id, linked, choose, version));
            const text = choose === 'accord' ? labels.linkedTookOurs : labels.linkedTookTheirs;
            this.dispatchEvent(new CustomEvent('said', { detail: format(text, NAMES[linked]) }));
            this.template.querySelector('[data-heading]').focus();
            this.dispatchEvent(new CustomEvent('decided'));
        } catch (error) {
            this.trouble = { linked, text: LOOK_AGAIN.has(error.code) ? labels.linkedAgain : error.message };
        } finally {
            this.busy = null;
        }
    }
    /** Done when the answer is shown. Where nobody knows whether it was done, how the value stands by now says it. */
    async settled(linked, answer) {
        this._asked += 1;
        try {
            this.values = (await answer).values;
        } catch (error) {
            if (LOOK_AGAIN.has(error.code) || isInDoubt(error)) await this.load();
            const isOpen = this.values.some((one) => one.linked === linked && one.standing === 'conflict');
            if (isOpen || !isInDoubt(error)) throw error;
        }
    }
}
