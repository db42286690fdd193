import { LightningElement, api } from 'lwc';
import labels, { format } from 'c/accordLabels';

const STATUS_THEME = { 'On Track': 'slds-theme_success', 'At Risk': 'slds-theme_warning', Stalled: 'slds-theme_error' };

/** The plan of a deal, or a form that creates one. Event: create, with {title, stage_title, steps_total, steps_done}. */
export default class AccordPlan extends LightningElement {
    @api plan;
    @api dealName;
    @api canCreate;
    /** Why there is nothing to show, in plain words. */
    @api problem;
    /** What went wrong while creating. */
    @api error;
    @api isCreating = false;

    labels = labels;
    isFormOpen = false;
    _focusNext = null;

    renderedCallback() {
        if (this._focusNext) {
            const target = this.template.querySelector(this._focusNext);
            this._focusNext = null;
            target?.focus();
        }
    }

    get defaultTitle() {
        return this.dealName ? format(labels.planNameDefault, this.dealName) : '';
    }
    get noneText() {
        return this.canCreate ? labels.planNoneText : labels.planNoneReader;
    }
    get createLabel() {
        return this.isCreating ? labels.planCreating : labels.planCreate;
    }
    get ariaBusy() {
        return String(this.isCreating);
    }
    get stepsText() {
        return format(labels.planSteps, this.plan.steps_done, this.plan.steps_total);
    }
    get barStyle() {
        return `width: ${Math.min(100, Math.max(0, Number(this.plan.progress) || 0))}%`;
    }
    get statusClass() {
        return `slds-badge ${STATUS_THEME[this.plan.status] ?? ''}`;
    }

    @api focus() {
        this.template.querySelector('[data-heading]').focus();
    }

    handleOpen() {
        this.isFormOpen = true;
        this._focusNext = '[data-field="title"]';
    }

    handleClose() {
        this.isFormOpen = false;
        this._focusNext = '[data-new]';
    }

    handleSubmit(event) {
        event.preventDefault();
        if (this.isCreating) return;
        const fields = [...this.template.querySelectorAll('[data-field]')];
        const entered = Object.fromEntries(fields.map((field) => [field.dataset.field, String(field.value ?? '').trim()]));
        const done = fields.find((field) => field.dataset.field === 'steps_done');
        done.setCustomValidity(Number(entered.steps_done) > Number(entered.steps_total) ? labels.planStepsProblem : '');
        const wrong = fields.filter((field) => !field.reportValidity());
        if (wrong.length) {
            wrong[0].focus();
            return;
        }
        const detail = { ...entered, steps_total: Number(entered.steps_total), steps_done: Number(entered.steps_done) };
        this.dispatchEvent(new CustomEvent('create', { detail }));
    }
}
