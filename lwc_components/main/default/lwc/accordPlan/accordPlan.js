import { LightningElement, api } from 'lwc';
import { complain, forgive, keepFocus, otherText } from 'c/accordForms';
import labels, { format } from 'c/accordLabels';

const FIELDS = ['title', 'stage_title', 'steps_total', 'steps_done'];

/** The plan of a deal, or a form that creates one. Events: create, with {title, playbook} or {title, stage_title, steps_total, steps_done}; planchange. */
export default class AccordPlan extends LightningElement {
    @api plan;
    @api dealName;
    /** The Salesforce values that its texts name, as rows of the panel. */
    @api variables = [];
    /** The deal. */
    @api recordId;
    @api canCreate;
    /** Why there is nothing to show, in plain words. */
    @api problem;
    /** The functions of c/accordPlanApi. */
    @api ways;
    /** A remark above the plan. */
    @api note;
    @api isCreating = false;

    keepFocus = keepFocus;
    labels = labels;
    isFormOpen = false;
    /** The id of the playbook that the new plan begins with, or null. */
    playbook = null;
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
    /** Whether leaving would lose something: somebody is filling in the form, or has typed into a step. */
    @api get isOpen() {
        return this.plan ? Boolean(this.view?.hasTyped) : this.isFormOpen;
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
        return this._error && otherText(this._error, FIELDS);
    }
    get canUse() {
        return this.canCreate && Boolean(this.recordId);
    }
    get noneText() {
        return this.canCreate ? labels.planNoneText : labels.planNoneReader;
    }
    get isEmptyStart() {
        return !this.playbook;
    }
    get createLabel() {
        return this.isCreating ? labels.planCreating : labels.planCreate;
    }
    get ariaBusy() {
        return String(this.isCreating);
    }
    get view() {
        return this.template.querySelector('c-accord-plan-view');
    }

    /** Reads the plan's steps again; what is typed stays. */
    @api refresh() {
        this.view?.refresh();
    }
    @api focus() {
        this.template.querySelector('[data-heading]').focus();
    }

    handlePlanChange({ detail }) {
        this.dispatchEvent(new CustomEvent('planchange', { detail }));
    }

    /** A plan without a deal is that of this one now. */
    handleUsed({ detail }) {
        this.dispatchEvent(new CustomEvent('planchange', { detail }));
        this.focus();
    }

    handleOpen() {
        Object.assign(this, { isFormOpen: true, playbook: null });
        this._focusNext = '[data-field="title"]';
    }

    handleBegin({ detail: { id } }) {
        this.playbook = id;
    }

    handleClose() {
        this.isFormOpen = false;
        this._focusNext = '[data-new]';
    }

    /** Each message at its field, once for each error; the first of them gets the focus. */
    showProblems() {
        if (!this._isNewError || this.isCreating || !this.isFormOpen || this.plan) return;
        this._isNewError = false;
        complain(this.fields, this._error.items ?? []);
    }

    /** What was said about an entry goes with the entry. */
    handleEntry(event) {
        forgive(event.target);
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
        fields.forEach((field) => field.setCustomValidity(problemOf(field)));
        const wrong = fields.filter((field) => !field.reportValidity());
        if (wrong.length) {
            wrong[0].focus();
            return;
        }
        const counted = { steps_total: Number(entered.steps_total), steps_done: Number(entered.steps_done) };
        const detail = this.playbook ? { ...entered, playbook: this.playbook } : { ...entered, ...counted };
        this.dispatchEvent(new CustomEvent('create', { detail }));
    }
}
