import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

const OVER = 'over:';

/** What the picker offers: the fields, and the ways to related records and back. */
function optionsOf(fields, { sobject, over, used, usedReason }) {
    const reasonOf = ({ field, reason }) => (used.includes(`${sobject}.${field}`) ? usedReason : reason);
    const own = fields.map((one) => ({
        value: one.field,
        label: one.label,
        detail: one.field,
        group: labels.groupFields,
        reason: reasonOf(one)
    }));
    const ways = fields
        .filter((one) => one.over)
        .map((one) => ({
            value: OVER + one.over,
            label: format(labels.fieldsOf, one.label),
            detail: one.over,
            group: labels.groupRelated
        }));
    const back = over ? [{ value: OVER, label: format(labels.backTo, sobject), group: labels.groupRelated }] : [];
    return [...back, ...own, ...ways];
}

/** The form behind Add Row: the field comes from what the org describes. Events: add {tab, row}, close. */
export default class AccordSlideoutAdd extends LightningElement {
    @api heading;
    /** fieldsOf(sobject, over) tells the fields of an object, or of the related record behind `over`. */
    @api fieldsOf;
    /** Names of the tabs; without them there is nothing to choose. */
    @api tabs = [];
    /** Keys of rows that are there already. */
    @api used = [];
    @api usedReason;
    labels = labels;
    sobject = 'Opportunity';
    over = '';
    fields = null;
    field = null;
    label = '';
    tab = 0;
    fieldError = null;
    trouble = null;
    _asked = 0;
    _isFocusDue = false;

    connectedCallback() {
        this.load();
    }
    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        // the picker is told in this rendering that it is open, and follows in the same turn
        Promise.resolve().then(() => this.picker.focus());
    }
    @api focus() {
        this.template.querySelector('[data-level]').focus();
    }
    get picker() {
        return this.template.querySelector('[data-picker]');
    }

    /** @param isChosen the person is in the picker and goes on in it */
    async load(isChosen = false) {
        this._asked += 1;
        const asked = this._asked;
        Object.assign(this, { fields: null, field: null, trouble: null });
        try {
            const fields = await this.fieldsOf(this.sobject, this.over);
            if (asked === this._asked) Object.assign(this, { fields, _isFocusDue: isChosen });
        } catch (error) {
            if (asked === this._asked) this.trouble = error.message;
        }
    }
    get isLoading() {
        return !this.fields && !this.trouble;
    }
    get options() {
        return this.fields ? optionsOf(this.fields, this) : [];
    }
    get fieldLabel() {
        const place = this.over ? `${this.sobject}.${this.over}` : this.sobject;
        return this.isLoading ? format(labels.fieldLoading, place) : format(labels.fieldOf, place);
    }
    get hasTabs() {
        return this.tabs.length > 0;
    }
    get tabOptions() {
        return this.tabs.map((label, index) => ({ value: String(index), label }));
    }

    handleRetry() {
        this.load();
    }
    handleLevel({ target }) {
        Object.assign(this, { sobject: target.value, over: '' });
        this.load();
    }
    handleField({ detail: { value } }) {
        if (value.startsWith(OVER)) {
            this.over = value.slice(OVER.length);
            this.load(true);
            return;
        }
        Object.assign(this, { field: value, fieldError: null, label: this.fields.find((one) => one.field === value).label });
    }
    handleLabel({ target }) {
        this.label = target.value;
    }
    handleTab({ target }) {
        this.tab = Number(target.value);
    }
    handleKeydown(event) {
        if (event.key === 'Escape') this.handleClose();
    }
    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }
    handleSubmit(event) {
        event.preventDefault();
        if (!this.field) {
            this.fieldError = labels.chooseField;
            this.picker.focus();
            return;
        }
        const { sobject, field, tab } = this;
        const { label, writable } = this.fields.find((one) => one.field === field);
        const row = { sobject, field, label: this.label.trim() || label, writable };
        this.dispatchEvent(new CustomEvent('add', { detail: { tab, row } }));
    }
}
