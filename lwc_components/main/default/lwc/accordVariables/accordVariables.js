import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { moved, neighbourOf, withChange, without } from 'c/accordRowList';
import { variableFields, variableSettings } from 'c/accordSettingsApi';
import { slideoutLabels, variablesLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf, placed } = model;

/** Settings > CRM > Allow fields from Salesforce to be used as variables > Manage (B1, D30): which fields, under which names, with which rights. */
export default class AccordVariables extends AccordSettingsEditor {
    labels = labels;
    isAdding = false;
    fieldsOf = variableFields;
    rules = { source: variableSettings, draftOf, settingsOf, factsOf, mergeOf, placed };

    get busy() {
        return String(this.isSaving);
    }
    get addExpanded() {
        return String(this.isAdding);
    }
    get isOff() {
        return !this.draft.enabled;
    }
    get isEmpty() {
        return !this.draft.rows.length;
    }
    /** A problem of the whole list. */
    get overall() {
        return this.errors.get('rows');
    }
    get usedKeys() {
        return this.draft.rows.map(({ key }) => key);
    }
    get items() {
        return this.draft.rows.map((row, index, { length }) => ({
            row,
            place: index + 1,
            count: length,
            error: this.errors.get(row.key),
            choices: [
                { name: 'read', label: labels.read, hint: labels.readHint, isOn: row.read },
                {
                    name: 'write',
                    label: labels.write,
                    hint: row.writable === false ? labels.writeNot : labels.writeHint,
                    isOn: row.write,
                    isOff: row.writable === false
                }
            ]
        }));
    }
    rowElement = (key) => this.template.querySelector(`c-accord-slideout-row[data-key="${key}"]`);
    rowOf = (key) => this.draft.rows.find((row) => row.key === key);
    setRows(rows) {
        this.change({ ...this.draft, rows });
    }

    problemElement() {
        const key = this.usedKeys.find((one) => this.errors.has(one));
        return key ? this.rowElement(key) : super.problemElement();
    }

    handleAdd() {
        this.isAdding = true;
        this.focusLater(() => this.template.querySelector('c-accord-slideout-add'));
    }
    handleAdded({ detail: { row } }) {
        const added = model.newRow(row);
        this.setRows([...this.draft.rows, added]);
        this.isAdding = false;
        this.announce(format(labels.added, row.label));
        this.focusLater(() => this.rowElement(added.key));
    }
    handleAddClosed() {
        this.isAdding = false;
        this.focusLater(() => this.template.querySelector('[data-add]'));
    }
    handleRelabel({ detail: { key, label } }) {
        this.setRows(withChange(this.draft.rows, key, { label }));
    }
    handleChoose({ detail: { key, name, isOn } }) {
        this.setRows(withChange(this.draft.rows, key, model.withRight(this.rowOf(key), name, isOn)));
    }
    handleMove({ detail: { key, by } }) {
        this.setRows(moved(this.draft.rows, key, by));
        const { row, place, count } = this.items.find((item) => item.row.key === key);
        this.announce(format(slideoutLabels.moved, row.label, place, count));
        this.focusLater(() => ({ focus: () => this.rowElement(key).focusOrder() }));
    }
    handleRemove({ detail: { key } }) {
        const next = neighbourOf(this.draft.rows, key);
        const { label } = this.rowOf(key);
        this.setRows(without(this.draft.rows, key));
        this.announce(format(slideoutLabels.removed, label));
        this.focusLater(() => (next ? this.rowElement(next) : this.template.querySelector('[data-add]')));
    }
}
