import { LightningElement, api } from 'lwc';
import texts, { partLabels, planLabels } from 'c/accordLabels';
import { complain, forgive, keepFocus, otherText } from 'c/accordForms';
import { valuesOf } from 'c/accordPlanText';
import { spoken } from 'c/accordValueText';
import { insertInto } from './inserting';

const EMPTY = { title: '', description: '', due_date: null, owner_id: null, is_internal: false };
const TEXTS = new Set(['title', 'description']);
const FIELDS = Object.keys(EMPTY);

/** A form for a step, or for a stage. Events: wish, with what is changed or new; cancel. What is typed stays until the form goes. */
export default class AccordStepForm extends LightningElement {
    /** The step that is changed; none makes a new one. When it becomes another, what is typed stays and the rest follows. */
    @api step;
    @api members = [];
    /** The stages that the step may belong to, {id, title}, and the one that it belongs to; none where there is no choice. */
    @api stages = [];
    @api stageId;
    /** The Salesforce values that its texts may name, as rows of the panel. */
    @api variables = [];
    /** A stage has a title alone. */
    @api isStage = false;
    @api isBusy = false;
    /** What somebody else has changed meanwhile, in lines. */
    @api meanwhile;

    keepFocus = keepFocus;
    labels = { ...texts, ...planLabels, ...partLabels };
    typed = {};
    _error;
    _isNewError = false;
    _isFresh = true;
    _text = 'title';

    /** The error of the last try, as the API tells it. */
    @api
    get error() {
        return this._error;
    }
    set error(error) {
        this._error = error;
        this._isNewError = Boolean(error);
    }
    /** Whether leaving would lose something. */
    @api get hasTyped() {
        return Object.keys(this.change).length > 0;
    }

    renderedCallback() {
        if (this._isFresh) this.fields[0].focus();
        this._isFresh = false;
        this.showProblems();
    }

    get fields() {
        return [...this.template.querySelectorAll('[data-field]')];
    }
    get base() {
        return this.step ? { ...valuesOf(this.step), stage_id: this.stageId } : EMPTY;
    }
    get shown() {
        return { ...this.base, ...this.typed };
    }
    /** What is typed and differs. */
    get change() {
        return Object.fromEntries(Object.entries(this.typed).filter(([name, value]) => value !== this.base[name]));
    }
    get hasValues() {
        return this.variables.length > 0;
    }
    get titleLabel() {
        return this.isStage ? this.labels.stageNew : this.labels.stepTitle;
    }
    get isStep() {
        return !this.isStage;
    }
    get sendLabel() {
        if (this.isBusy) return this.labels.saving;
        return this.step ? this.labels.save : this.labels.add;
    }
    get canMove() {
        return this.isStep && Boolean(this.step) && this.stages.length > 1;
    }
    get stageOptions() {
        return this.stages.map(({ id, title }) => ({ value: id, label: spoken(title, this.variables) }));
    }
    get owner() {
        return this.shown.owner_id ?? '';
    }
    get ownerOptions() {
        return [{ value: '', label: this.labels.noOwner }, ...this.members.map(({ id, name }) => ({ value: id, label: name }))];
    }
    get ariaBusy() {
        return String(this.isBusy);
    }
    /** Messages about no field of the form. */
    get errorText() {
        if (!this._error || this.meanwhile) return null;
        return otherText(this._error, FIELDS);
    }

    /** Each message at its field, once for each error; the first of them gets the focus. */
    showProblems() {
        if (!this._isNewError || this.isBusy) return;
        this._isNewError = false;
        complain(this.fields, this._error.items ?? []);
    }

    handleEntry(event) {
        event.stopPropagation();
        const { field } = event.target.dataset;
        forgive(event.target);
        const value = event.detail.value ?? '';
        this.typed = { ...this.typed, [field]: TEXTS.has(field) ? value : value || null };
    }
    /** Which of the texts a Salesforce value goes to: the last one that had the cursor. */
    handleFocus({ target }) {
        if (TEXTS.has(target.dataset.field)) this._text = target.dataset.field;
    }
    handleInsert({ detail: { text } }) {
        const editor = this.fields.find(({ dataset }) => dataset.field === this._text);
        this.typed = { ...this.typed, [this._text]: insertInto(editor, text) };
    }
    handleInternal({ target }) {
        this.typed = { ...this.typed, is_internal: target.checked };
    }

    handleKeydown(event) {
        if (event.key === 'Escape' && !this.hasTyped) {
            event.stopPropagation();
            this.handleCancel();
        } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
            event.preventDefault();
            event.stopPropagation();
            this.submit();
        }
    }
    handleSubmit(event) {
        event.preventDefault();
        this.submit();
    }
    submit() {
        if (this.isBusy) return;
        // a day that is still being typed is told when the field loses the focus
        const active = this.template.activeElement;
        if (active?.dataset.field === 'due_date') {
            active.blur();
            active.focus();
        }
        const title = this.shown.title.trim();
        if (title !== this.shown.title) this.typed = { ...this.typed, title };
        this.fields[0].value = title;
        const [wrong] = this.fields.filter((field) => field.reportValidity && !field.reportValidity());
        if (wrong) wrong.focus();
        else if (this.step && !this.hasTyped) this.handleCancel();
        else this.dispatchEvent(new CustomEvent('wish', { detail: this.step ? this.change : this.whole }));
    }
    get whole() {
        const { title, is_internal: isInternal } = this.shown;
        return this.isStage ? { title, is_internal: isInternal } : this.shown;
    }
    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }
}
