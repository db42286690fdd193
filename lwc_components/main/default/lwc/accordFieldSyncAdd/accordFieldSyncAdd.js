import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { fieldSyncData, fieldSyncFields } from 'c/accordSettingsApi';
import { fieldSyncLabels as labels } from 'c/accordSettingsLabels';

const OVER = 'over:';
const DEAL = 'Opportunity';
const SECTIONS = { accord_data: labels.groupAccordData, execution_criteria: labels.groupCriteria };

/** What the picker of fields offers: the fields that can take the datum, the others with the reason, and the ways to related records. */
function optionsOf(fields, { datum, path, used }) {
    const reasonOf = ({ field, reason }) => (used.includes(`${datum}|${path}|${field}`) ? labels.isUsed : reason);
    const own = fields.map((one) => ({
        value: one.field,
        label: one.label,
        detail: one.field,
        group: labels.groupFields,
        reason: reasonOf(one)
    }));
    const ways = fields
        .filter(({ over }) => over)
        .map(({ label, over }) => ({
            value: OVER + over,
            label: format(labels.fieldsOf, label),
            detail: over,
            group: labels.groupRelated
        }));
    const back = path ? [{ value: OVER, label: format(labels.backTo, DEAL), group: labels.groupRelated }] : [];
    return [...back, ...own, ...ways];
}

/**
 * The form behind Add Row, or behind the change of a row: an Accord field (with the section Execution Criteria) and the Salesforce field it
 * goes to. Events: add, close.
 */
export default class AccordFieldSyncAdd extends LightningElement {
    /** Keys of rows that are there already. */
    @api used = [];
    /** The row that is changed; left out where one is added. */
    @api row = null;
    labels = labels;
    sections = null;
    fields = null;
    datum = null;
    path = '';
    field = null;
    datumError = null;
    fieldError = null;
    trouble = null;
    _asked = 0;
    _isFocusDue = false;

    connectedCallback() {
        if (this.row) this.fillIn();
        this.loadData();
    }
    async fillIn() {
        const { datum, path, field } = this.row;
        Object.assign(this, { datum, path });
        await this.loadFields();
        const isThere = this.fields?.some((one) => one.field === field);
        Object.assign(this, { field: isThere ? field : null, _isFocusDue: false });
    }
    get title() {
        return this.row ? labels.changeRow : labels.addRow;
    }
    get submitLabel() {
        return this.row ? labels.take : labels.add;
    }
    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        // the picker is told in this rendering that it is open, and follows in the same turn
        Promise.resolve().then(() => this.template.querySelector('[data-field]').focus());
    }
    @api focus() {
        this.template.querySelector('[data-datum]').focus();
    }

    async loadData() {
        try {
            this.sections = await fieldSyncData();
        } catch (error) {
            this.trouble = error.message;
        }
    }
    async loadFields() {
        this._asked += 1;
        const asked = this._asked;
        Object.assign(this, { fields: null, field: null, trouble: null });
        try {
            const fields = await fieldSyncFields(this.path, this.datum);
            if (asked === this._asked) Object.assign(this, { fields, _isFocusDue: true });
        } catch (error) {
            if (asked === this._asked) this.trouble = error.message;
        }
    }

    get data() {
        const optionOf = (section) => (one) => ({ value: one.key, label: one.label, group: SECTIONS[section] });
        return (this.sections ?? []).flatMap(({ key, data }) => data.map(optionOf(key)));
    }
    get isFieldClosed() {
        return !this.datum || (!this.fields && !this.trouble);
    }
    get fieldLabel() {
        const place = this.path || DEAL;
        return this.datum && !this.fields && !this.trouble ? format(labels.fieldLoading, place) : format(labels.fieldOf, place);
    }
    get options() {
        return this.fields ? optionsOf(this.fields, this) : [];
    }

    handleRetry() {
        this.trouble = null;
        if (!this.sections) this.loadData();
        else this.loadFields();
    }
    handleDatum({ detail: { value } }) {
        Object.assign(this, { datum: value, datumError: null });
        this.loadFields();
    }
    handleField({ detail: { value } }) {
        if (value.startsWith(OVER)) {
            this.path = value.slice(OVER.length);
            this.loadFields();
        } else Object.assign(this, { field: value, fieldError: null });
    }
    handleKeydown(event) {
        if (event.key === 'Escape') this.handleClose();
    }
    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }
    handleSubmit(event) {
        event.preventDefault();
        // the criterion of a row that is changed may be gone
        const chosen = this.data.find(({ value }) => value === this.datum);
        this.datumError = chosen ? null : labels.chooseDatum;
        this.fieldError = !this.datum || this.field ? null : labels.chooseField;
        if (this.datumError || this.fieldError) {
            this.template.querySelector(this.datumError ? '[data-datum]' : '[data-field]').focus();
            return;
        }
        const { datum, path, field } = this;
        const found = this.fields.find((one) => one.field === field);
        const row = {
            ...{ datum, path, field, sobject: found.sobject, field_label: found.label },
            datum_label: chosen.label
        };
        this.dispatchEvent(new CustomEvent('add', { detail: { row } }));
    }
}
