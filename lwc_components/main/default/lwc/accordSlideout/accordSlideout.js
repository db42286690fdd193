import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { keyOf, neighbourOf } from 'c/accordRowList';
import { panelFields, panelSettings } from 'c/accordSettingsApi';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf, placed } = model;

/** Settings > CRM > Salesforce Slideout > Manage: which fields reps see beside the plan, in which order, tab and words. */
export default class AccordSlideout extends AccordSettingsEditor {
    labels = labels;
    isAdding = false;
    isNaming = false;
    fieldsOf = panelFields;
    rules = { source: panelSettings, draftOf, settingsOf, factsOf, mergeOf, placed };

    get busy() {
        return String(this.isSaving);
    }
    get addExpanded() {
        return String(this.isAdding);
    }
    get namesExpanded() {
        return String(this.isNaming);
    }
    get changed() {
        const { is_default: isDefault, changed_at: at, changed_by: by } = this.answer;
        if (isDefault) return labels.isDefault;
        const day = momentOf(at);
        return format(labels.changedBy, by ?? labels.somebody, day);
    }
    /** A problem of the whole set-up. */
    get overall() {
        return this.errors.get('tabs');
    }
    get tabNames() {
        return this.draft.tabs.map(({ label }) => label);
    }
    get usedKeys() {
        return model.rowsOf(this.draft).map(({ key }) => key);
    }
    get tabs() {
        return this.draft.tabs.map((tab, index) => ({
            key: `tab-${index}`,
            headingId: `heading-${index}`,
            index,
            label: tab.label,
            title: format(labels.tabTitle, index + 1, tab.label),
            other: this.tabNames[index === 0 ? 1 : 0],
            rule: tab.rule,
            error: this.errors.get(`tab.${index}`),
            isEmpty: !tab.rows.length,
            count: tab.rows.length,
            rows: tab.rows.map((row, place) => ({
                ...row,
                place: place + 1,
                error: this.errors.get(row.key),
                choices: [{ name: 'open', label: labels.open, hint: labels.openHint, isOn: row.is_open }]
            }))
        }));
    }
    rowElement = (key) => this.template.querySelector(`c-accord-slideout-row[data-key="${key}"]`);
    rowOf = (key) => model.rowsOf(this.draft).find((row) => row.key === key);

    problemElement() {
        const key = this.usedKeys.find((one) => this.errors.has(one));
        return key ? this.rowElement(key) : super.problemElement();
    }

    handleAdd() {
        Object.assign(this, { isAdding: true, isNaming: false });
        this.focusLater(() => this.template.querySelector('c-accord-slideout-add'));
    }
    handleAdded({ detail: { tab, row } }) {
        this.change(model.addRow(this.draft, tab, row));
        this.isAdding = false;
        this.announce(format(labels.added, row.label, this.tabNames[tab]));
        this.focusLater(() => this.rowElement(keyOf(row)));
    }
    handleAddClosed() {
        this.isAdding = false;
        this.focusLater(() => this.template.querySelector('[data-add]'));
    }
    handleNames() {
        Object.assign(this, { isNaming: true, isAdding: false });
        this.focusLater(() => this.template.querySelector('c-accord-tab-names'));
    }
    handleRenamed({ detail: { names } }) {
        this.change(model.renameTabs(this.draft, names));
        this.handleNamesClosed();
    }
    handleNamesClosed() {
        this.isNaming = false;
        this.focusLater(() => this.template.querySelector('[data-names]'));
    }
    handleRule({ detail: { index, rule } }) {
        this.change(model.setRule(this.draft, index, rule));
    }
    handleRelabel({ detail: { key, label } }) {
        this.change(model.relabel(this.draft, key, label));
    }
    handleChoose({ detail: { key, isOn } }) {
        this.change(model.setOpen(this.draft, key, isOn));
    }
    handleMove({ detail: { key, by } }) {
        this.change(model.moveRow(this.draft, key, by));
        const tab = this.tabs.find(({ rows }) => rows.some((row) => row.key === key));
        const { label, place } = tab.rows.find((row) => row.key === key);
        this.announce(format(labels.moved, label, place, tab.count));
        this.focusLater(() => ({ focus: () => this.rowElement(key).focusOrder() }));
    }
    handleSwap({ detail: { key } }) {
        const { label } = this.rowOf(key);
        this.change(model.moveToOtherTab(this.draft, key));
        const tab = this.draft.tabs.find(({ rows }) => rows.some((row) => row.key === key));
        this.announce(format(labels.swapped, label, tab.label));
        this.focusLater(() => ({ focus: () => this.rowElement(key).focusOrder('swap') }));
    }
    handleRemove({ detail: { key } }) {
        const next = neighbourOf(model.rowsOf(this.draft), key);
        const { label } = this.rowOf(key);
        this.change(model.removeRow(this.draft, key));
        this.announce(format(labels.removed, label));
        this.focusLater(() => (next ? this.rowElement(next) : this.template.querySelector('[data-add]')));
    }
}
