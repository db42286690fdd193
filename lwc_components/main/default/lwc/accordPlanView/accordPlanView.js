import { LightningElement, api } from 'lwc';
import { isInDoubt } from 'c/accordErrors';
import texts, { format, planLabels } from 'c/accordLabels';
import { newKey } from 'c/accordPlanApi';
import { spoken } from 'c/accordValueText';
import { changesBetween, firstOpen, isAsWished, stageFacts, stepIn } from 'c/accordPlanText';

const STATUS_THEME = { 'On Track': 'slds-theme_success', 'At Risk': 'slds-theme_warning', Stalled: 'slds-theme_error' };
const LOOK_AGAIN = new Set(['CHANGED_MEANWHILE', 'NOT_FOUND']);
const NEW_STAGE = 'stage';
const OPEN_FORMS =
    'c-accord-plan-step, c-accord-step-form, c-accord-plan-people, c-accord-plan-criteria, c-accord-plan-list, c-accord-stage-tools';

/** The plan of a deal: at a glance at once, its stages and steps as soon as they are read. Event: planchange, with {plan}. */
export default class AccordPlanView extends LightningElement {
    /** The functions of c/accordPlanApi. */
    @api ways;
    /** The Salesforce values that its texts name, as rows of the panel. */
    @api variables = [];

    labels = { ...texts, ...planLabels };
    /** With stages and steps; null while only a glance is known. */
    whole = null;
    failure = null;
    notice = null;
    said = '';
    openStages = {};
    reads = 0;
    /** Where a form for something new is open: {in: the id of a stage, or 'stage', key, error, isBusy}. */
    adding = null;
    _plan;
    _asked = 0;
    _focusNext = null;
    /** What a step works with. */
    stepWays = {
        change: (step, change) => this.changeStep(step, change),
        remove: (step) => this.deleteStep(step),
        comments: (step, after) => this.ways.comments(this._plan.id, step.id, after),
        comment: (step, comment, key) => this.ways.comment(this._plan.id, step.id, comment, key)
    };

    /** For the parts beside the steps: done when the plan that `answer` brings is shown. What went wrong is looked at again. */
    carry = async (answer) => {
        try {
            return await this.take(answer);
        } catch (error) {
            if (LOOK_AGAIN.has(error.code) || isInDoubt(error)) await this.load(this.ways.read);
            throw error;
        }
    };
    publish = () => this.publishPlan();
    removeMember = (member) => this.carry(this.ways.removeMember(this._plan.id, member, this.whole));
    colleagues = async () => (await this.ways.colleagues(this._plan.id)).colleagues;
    readAgain = () => this.take(this.ways.read(this._plan.id));
    setCriterion = (criterion, value) => this.take(this.ways.setCriterion(this._plan.id, criterion, value, this.whole));
    invite = (person, key) => this.take(this.ways.invite(this._plan.id, person, key));

    @api
    get plan() {
        return this._plan;
    }
    set plan(plan) {
        const isOther = plan.id !== this._plan?.id;
        this._plan = plan;
        if (!isOther) return;
        Object.assign(this, { whole: null, failure: null, notice: null, said: '', openStages: {}, adding: null });
        if (this.isConnected) this.load(this.ways.open);
    }
    /** Whether leaving would lose something. */
    @api get hasTyped() {
        return [...this.template.querySelectorAll(OPEN_FORMS)].some((one) => one.hasTyped);
    }
    /** Reads the plan again; what is typed stays. */
    @api refresh() {
        return this.load(this.ways.read);
    }

    connectedCallback() {
        this.load(this.ways.open);
    }
    renderedCallback() {
        if (!this._focusNext) return;
        const target = this.template.querySelector(this._focusNext);
        this._focusNext = null;
        target?.focus();
    }

    spoken = (text) => spoken(text, this.variables);
    get shown() {
        return this.whole ?? this._plan;
    }
    get isLoading() {
        return !this.whole && !this.failure;
    }
    get statusLook() {
        return `slds-badge ${STATUS_THEME[this.shown.status] ?? ''}`;
    }
    get stepsText() {
        return format(texts.planSteps, this.shown.steps_done, this.shown.steps_total);
    }
    get barStyle() {
        return `width: ${Math.min(100, Math.max(0, Number(this.shown.progress) || 0))}%`;
    }
    /** What is to be known of the plan as a whole. */
    get remark() {
        return this.readOnly ? planLabels.archived : null;
    }
    get isDraft() {
        return !this.readOnly && this.whole?.is_published === false;
    }
    get hasCriteria() {
        return Boolean(this.whole?.criteria.length);
    }
    get readOnly() {
        return Boolean(this.whole?.is_archived);
    }
    get canAdd() {
        return !this.readOnly;
    }
    get isLinked() {
        return Boolean(this.whole?.opportunity_id) && !this.readOnly;
    }
    get emptyText() {
        if (this.whole.steps_total) return null;
        return this.whole.stages.length ? planLabels.noStepsText : planLabels.noStagesText;
    }
    get lists() {
        const { resources = [], stakeholders = [] } = this.whole;
        return [
            { kind: 'resources', items: resources },
            { kind: 'stakeholders', items: stakeholders }
        ];
    }
    get stages() {
        const first = firstOpen(this.whole);
        return this.whole.stages.map((stage, place, all) => {
            const isOpen = this.openStages[stage.id] ?? stage.id === first;
            const isAdding = this.adding?.in === stage.id;
            return {
                stage,
                place,
                count: all.length,
                ...stageFacts(stage),
                isOpen,
                isAdding,
                canAdd: this.canAdd && !isAdding,
                expanded: String(isOpen),
                icon: isOpen ? 'utility:chevrondown' : 'utility:chevronright',
                addTo: format(planLabels.stepAddTo, this.spoken(stage.title))
            };
        });
    }
    get isAddingStage() {
        return this.adding?.in === NEW_STAGE;
    }
    get canAddStage() {
        return this.canAdd && !this.isAddingStage;
    }

    /** Takes over the answer to `asked`, unless that of a later question is there. What is shown stays when none comes. */
    async load(ask) {
        const { id } = this._plan;
        this.failure = null;
        this.reads += 1;
        try {
            await this.take(ask(id), id);
        } catch (error) {
            const isShown = this.whole || id !== this._plan.id;
            if (!isShown) this.failure = isInDoubt(error) ? { ...error, message: planLabels.stepsFailed } : error;
        }
    }
    async take(answer, id = this._plan.id) {
        this._asked += 1;
        const number = this._asked;
        const plan = await answer;
        if (id !== this._plan.id || number < this._asked) return plan;
        this.whole = plan;
        this.dispatchEvent(new CustomEvent('planchange', { detail: { plan } }));
        return plan;
    }
    handleRetry() {
        this._focusNext = '[data-title]';
        this.load(this.ways.open);
    }

    /** Saves; throws what is to be said at the step, with `meanwhile`: what somebody else has changed. */
    async changeStep(step, change) {
        this.notice = null;
        try {
            await this.take(this.ways.changeStep(this._plan.id, step, change));
        } catch (error) {
            const isSettled = await this.lookAgain(step, change, error);
            if (!isSettled) throw error;
            return;
        }
        this.say(this.textAfter(step, change));
    }
    textAfter({ title }, change) {
        const name = this.spoken(change.title ?? title);
        if (change.is_completed === undefined) return format(planLabels.stepIsSaved, name);
        return `${format(change.is_completed ? planLabels.stepIsDone : planLabels.stepIsOpen, name)} ${this.stepsText}`;
    }
    /** Somebody was first, or nobody knows: the plan as it is now answers. True when nothing is left to be said at the step. */
    async lookAgain(step, change, error) {
        if (!LOOK_AGAIN.has(error.code) && !isInDoubt(error)) return false;
        await this.load(this.ways.read);
        const now = stepIn(this.whole, step.id);
        if (!now) {
            Object.assign(this, { notice: format(planLabels.stepGone, this.spoken(step.title)), _focusNext: '[data-title]' });
            return true;
        }
        if (isInDoubt(error) && isAsWished(now, change)) {
            this.say(this.textAfter(step, change));
            return true;
        }
        const changes = changesBetween(step, now).map(this.spoken);
        if (changes.length) Object.assign(error, { meanwhile: changes });
        return false;
    }

    /** Deletes it; that somebody else has done so already is as good. Throws what is to be said at the step. */
    async deleteStep(step) {
        this.notice = null;
        const { id: stage } = this.whole.stages.find(({ steps }) => steps.some(({ id }) => id === step.id));
        try {
            await this.take(this.ways.deleteStep(this._plan.id, step));
        } catch (error) {
            if (LOOK_AGAIN.has(error.code) || isInDoubt(error)) await this.load(this.ways.read);
            const now = stepIn(this.whole, step.id);
            const changes = now ? changesBetween(step, now).map(this.spoken) : [];
            if (changes.length) Object.assign(error, { meanwhile: changes });
            if (now) throw error;
        }
        this.say(format(planLabels.stepIsDeleted, this.spoken(step.title)));
        this._focusNext = `[data-stage="${stage}"]`;
    }
    /** Publishes the plan as it is seen here. Throws what is to be said at the button. */
    async publishPlan() {
        try {
            await this.take(this.ways.publish(this._plan.id, this.whole));
        } catch (error) {
            const isMeanwhile = error.code === 'CHANGED_MEANWHILE';
            if (isMeanwhile || isInDoubt(error)) await this.load(this.ways.read);
            if (!this.whole.is_published) throw isMeanwhile ? { ...error, message: planLabels.publishAgain } : error;
        }
        this.say(planLabels.isPublished);
        this._focusNext = '[data-title]';
    }

    handleStage({ currentTarget }) {
        const { stage } = currentTarget.dataset;
        const { isOpen } = this.stages.find((one) => one.stage.id === stage);
        this.openStages = { ...this.openStages, [stage]: !isOpen };
    }

    handleAdd({ currentTarget }) {
        this.adding = { in: currentTarget.dataset.add, key: newKey(), error: null, isBusy: false };
    }
    closeForm() {
        this._focusNext = `[data-add="${this.adding.in}"]`;
        this.adding = null;
    }
    async handleNew({ detail }) {
        const { in: place, key } = this.adding;
        this.adding = { ...this.adding, error: null, isBusy: true };
        try {
            const { id } = this._plan;
            const isStage = place === NEW_STAGE;
            const answer = isStage ? this.ways.addStage(id, detail, key) : this.ways.addStep(id, { ...detail, stage_id: place }, key);
            await this.take(answer);
            this.say(format(isStage ? planLabels.stageAdded : planLabels.stepIsAdded, this.spoken(detail.title)));
            if (isStage) this.openStages = { ...this.openStages, [this.whole.stages.at(-1).id]: true };
            this.closeForm();
        } catch (error) {
            this.adding = { ...this.adding, error, isBusy: false };
        }
    }

    /** A choice between two values has given the plan one of them. */
    handleDecided() {
        this.load(this.ways.read);
    }
    handleSaid({ detail }) {
        this.say(detail);
    }
    say(text) {
        this.said = text;
    }
}
