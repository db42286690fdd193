import { LightningElement, api } from 'lwc';
import labels, { format } from 'c/accordLabels';

const STATUS_THEME = { 'On Track': 'slds-theme_success', 'At Risk': 'slds-theme_warning', Stalled: 'slds-theme_error' };

const FIELDS = new Set(['title', 'stage_title', 'steps_total', 'steps_done']);

/** The plan of a deal, or a form that creates one. Event: create, with {title, stage_title, steps_total, steps_done}. */
export default class AccordPlan extends LightningElement {
    @api plan;
    @api dealName;
    @api canCreate;
    /** Why there is nothing to show, in plain words. */
    @api problem;
    /** A remark above the plan. */
    @api note;
    @api isCreating = false;

    labels = labels;
    isFormOpen = false;
    _focusNext = null;
    _error;
    _isNewError = false;

    /** The error of the last attempt to create one, as the API tells it. */
    @api
    get error() {
        return this._error;
    }
    set error(error) {
        this._error = error;
        this._isNewError = Boolean(error);
    }
    /** Whether somebody is filling in the form. */
    @api get isOpen() {
        return this.isFormOpen && !this.plan;
    }

    renderedCallback() {
        this.showProblems();
        if (this._focusNext) {
            const target = this.template.querySelector(this._focusNext);
            this._focusNext = null;
            target?.focus();
        }
    }

    get defaultTitle() {
        if (!this.dealName) return '';
        const ending = format(labels.planNameDefault, '').toLowerCase();
        return this.dealName.toLowerCase().endsWith(ending) ? this.dealName : format(labels.planNameDefault, this.dealName);
    }
    get fields() {
        return [...this.template.querySelectorAll('[data-field]')];
    }
    /** Messages about no field of the form. */
    get errorText() {
        if (!this._error) return null;
        const { items = [], message } = this._error;
        const others = items.filter((item) => !FIELDS.has(item.field)).map((item) => item.message);
        return (items.length ? others.join(' ') : message) || null;
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

    /** Each message at its field, once for each error; the first of them gets the focus. */
    showProblems() {
        if (!this._isNewError || this.isCreating || !this.isOpen) return;
        this._isNewError = false;
        const messages = new Map((this._error.items ?? []).map((item) => [item.field, item.message]));
        const wrong = this.fields.filter((field) => messages.has(field.dataset.field));
        wrong.forEach((field) => this.complain(field, messages.get(field.dataset.field)));
        wrong[0]?.focus();
    }
    complain(field, message) {
        field.setCustomValidity(message);
        return field.reportValidity();
    }

    /** What was said about an entry goes with the entry. */
    handleEntry(event) {
        event.target.setCustomValidity('');
    }

    handleSubmit(event) {
        event.preventDefault();
        if (this.isCreating) return;
        const { fields } = this;
        const entered = Object.fromEntries(fields.map((field) => [field.dataset.field, String(field.value ?? '').trim()]));
        fields.forEach((field) => {
            field.value = entered[field.dataset.field];
        });
        const isTooMany = Number(entered.steps_done) > Number(entered.steps_total);
        const problemOf = ({ dataset }) => (dataset.field === 'steps_done' && isTooMany ? labels.planStepsProblem : '');
        const wrong = fields.filter((field) => !this.complain(field, problemOf(field)));
        if (wrong.length) {
            wrong[0].focus();
            return;
        }
        const detail = { ...entered, steps_total: Number(entered.steps_total), steps_done: Number(entered.steps_done) };
        this.dispatchEvent(new CustomEvent('create', { detail }));
    }
}
