import { LightningElement, api } from 'lwc';
import texts, { format, partLabels, planLabels } from 'c/accordLabels';
import { whenText } from 'c/accordPlanText';
import { spoken } from 'c/accordValueText';

/** One step: completed by one press, changed in a form, talked about. Event: said, with a text for whoever does not see it. */
export default class AccordPlanStep extends LightningElement {
    @api step;
    @api members = [];
    /** The Salesforce values that its texts name, as rows of the panel. */
    @api variables = [];
    /** Nothing can be changed. */
    @api readOnly = false;
    /** The stages of the plan; the one of the step, the step's place in it, from 0, and how many steps it has. */
    @api stages = [];
    @api stageId;
    @api place = 0;
    @api count = 1;
    /** The whole stage is internal. */
    @api isStageInternal = false;
    /** {change(step, change), remove(step), comments, comment}: the first two are done when the new plan is shown, and throw what is to
     * be said here. */
    @api ways;

    labels = { ...texts, ...planLabels, ...partLabels };
    isEditing = false;
    isTalking = false;
    isAsking = false;
    isBusy = false;
    error = null;
    _wish = null;
    _focusNext = null;

    /** Whether leaving would lose something. */
    @api get hasTyped() {
        const open = this.template.querySelectorAll('c-accord-step-form, c-accord-step-comments');
        return [...open].some((one) => one.hasTyped);
    }
    @api focus() {
        this.template.querySelector('[data-done]').focus();
    }

    renderedCallback() {
        if (!this._focusNext) return;
        const target = this.template.querySelector(this._focusNext);
        this._focusNext = null;
        target?.focus();
    }

    get name() {
        return spoken(this.step.title, this.variables);
    }
    get isDone() {
        return this._wish ?? this.step.is_completed;
    }
    get titleLook() {
        return this.step.is_completed ? 'title title_done' : 'title';
    }
    get when() {
        return whenText(this.step);
    }
    get whenLook() {
        return this.isLate ? 'late' : 'when';
    }
    get isLate() {
        return this.step.is_overdue && !this.step.is_completed;
    }
    get owner() {
        return this.step.owner?.name ?? this.labels.noOwner;
    }
    get canEdit() {
        return !this.readOnly && !this.isEditing && !this.isAsking;
    }
    get isInternal() {
        return this.step.is_internal || this.isStageInternal;
    }
    get editOf() {
        return format(this.labels.stepEditOf, this.name);
    }
    get canMove() {
        return this.canEdit && this.count > 1;
    }
    get upOf() {
        return format(this.labels.stepUpOf, this.name);
    }
    get downOf() {
        return format(this.labels.stepDownOf, this.name);
    }
    /** A button that cannot be used keeps the focus, which a disabled one would lose. */
    get isFirst() {
        return this.place === 0;
    }
    get isLast() {
        return this.place === this.count - 1;
    }
    get deleteOf() {
        return format(this.labels.stepDeleteOf, this.name);
    }
    get deleteAsk() {
        return format(this.labels.stepDeleteAsk, this.name);
    }
    /** What went wrong with deleting, in one text. */
    get deleteError() {
        if (!this.error) return null;
        const { meanwhile, message } = this.error;
        return meanwhile ? [this.labels.meanwhile, ...meanwhile].join(' ') : message;
    }
    get commentsOf() {
        return format(this.labels.commentsOf, this.name);
    }
    get talking() {
        return String(this.isTalking);
    }
    get ariaBusy() {
        return String(this.isBusy);
    }
    get meanwhile() {
        return this.error?.meanwhile;
    }
    /** What went wrong with the box; what went wrong with the form stands there. */
    get trouble() {
        if (!this.error || this.isEditing || this.isAsking) return null;
        const { meanwhile, message } = this.error;
        return {
            title: meanwhile ? this.labels.meanwhile : message,
            lines: meanwhile ?? [],
            advice: meanwhile ? this.labels.meanwhileAgain : null
        };
    }

    /** A box that is being saved takes no second press; it keeps the focus, which a disabled one would lose. */
    handlePress(event) {
        if (this.isBusy || this.readOnly) event.preventDefault();
    }
    async handleDone({ target }) {
        this._wish = target.checked;
        await this.send(() => this.ways.change(this.step, { is_completed: target.checked }));
        this._wish = null;
    }
    async handleWish({ detail }) {
        if (await this.send(() => this.ways.change(this.step, detail))) this.closeForm();
    }

    async handleMove({ currentTarget: { dataset } }) {
        const place = this.place + Number(dataset.by);
        if (this.isBusy || place < 0 || place >= this.count) return;
        const { name } = this;
        if (!(await this.send(() => this.ways.change(this.step, { position: place })))) return;
        this.dispatchEvent(new CustomEvent('said', { detail: format(this.labels.stepMoved, name, place + 1, this.count) }));
        this.template.querySelector(`[data-by="${dataset.by}"]`)?.focus();
    }

    /** Whether it was done. */
    async send(work) {
        Object.assign(this, { isBusy: true, error: null });
        try {
            await work();
            return true;
        } catch (error) {
            this.error = error;
            return false;
        } finally {
            this.isBusy = false;
        }
    }

    handleEdit() {
        Object.assign(this, { isEditing: true, error: null });
    }
    closeForm() {
        Object.assign(this, { isEditing: false, error: null, _focusNext: '[data-edit]' });
    }
    handleDelete() {
        Object.assign(this, { isAsking: true, error: null });
    }
    handleConfirmed() {
        return this.send(() => this.ways.remove(this.step));
    }
    closeQuestion() {
        Object.assign(this, { isAsking: false, error: null, _focusNext: '[data-delete]' });
    }
    handleTalk() {
        this.isTalking = !this.isTalking;
    }
    handleSaid({ detail }) {
        this.dispatchEvent(new CustomEvent('said', { detail }));
    }
}
