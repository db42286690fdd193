import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { fieldSyncSettings, resumeFieldSyncRow } from 'c/accordSettingsApi';
import { fieldSyncLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf, placed } = model;
const BADGES = {
    ok: { text: labels.statusOk, look: 'slds-badge slds-theme_success' },
    unchecked: { text: labels.statusUnchecked, look: 'slds-badge slds-badge_lightest' },
    bad: { text: labels.statusBad, look: 'slds-badge slds-theme_error' },
    paused: { text: labels.statusPaused, look: 'slds-badge slds-theme_warning' }
};

/** Settings > CRM > Sync Accord data to Salesforce > Manage: which datum or criterion goes to which field (A41, A60, A61, A77 to A83). */
export default class AccordFieldSync extends AccordSettingsEditor {
    labels = labels;
    isAdding = false;
    rules = { source: fieldSyncSettings, draftOf, settingsOf, factsOf, mergeOf, placed };

    get busy() {
        return String(this.isSaving);
    }
    get addExpanded() {
        return String(this.isAdding);
    }
    get stateText() {
        const state = this.base.enabled ? labels.isOn : labels.isOff;
        return this.answer.is_default ? `${state} ${labels.isProposal}` : state;
    }
    /** As a dry run takes them, saved or not. */
    get sentRows() {
        return settingsOf(this.draft).rows;
    }
    get overall() {
        return this.errors.get('check_minutes') ?? this.errors.get('rows');
    }
    get isEmpty() {
        return !this.draft.rows.length;
    }
    get usedKeys() {
        return this.draft.rows.map(({ key }) => key);
    }
    get rows() {
        return this.draft.rows.map((row) => {
            const where = model.whereOf(row);
            const error = this.errors.get(row.key);
            const isIll = row.status === 'bad' || row.status === 'paused';
            return {
                ...row,
                where,
                error,
                badge: BADGES[row.status],
                message: row.reason?.message,
                look: `row${error || isIll ? ' row_bad' : ''}`,
                canResume: isIll && Boolean(row.id),
                resumeLabel: format(labels.resumeOf, row.datum_label),
                removeLabel: format(labels.remove, row.datum_label, row.target)
            };
        });
    }
    rowElement = (key) => this.template.querySelector(`[data-row="${key}"] [data-remove]`);

    handleAdd() {
        this.isAdding = true;
        this.focusLater(() => this.template.querySelector('c-accord-field-sync-add'));
    }
    handleAdded({ detail: { row } }) {
        this.change(model.addRow(this.draft, row));
        this.isAdding = false;
        this.announce(format(labels.added, row.datum_label));
        this.focusLater(() => this.rowElement(model.keyOf(row)));
    }
    handleAddClosed() {
        this.isAdding = false;
        this.focusLater(() => this.template.querySelector('[data-add]'));
    }
    handleMinutes({ target }) {
        this.change({ ...this.draft, check_minutes: Math.min(1440, Math.max(1, Math.round(Number(target.value)) || 1)) });
    }
    handleRemove({ currentTarget }) {
        const { key } = currentTarget.dataset;
        const keys = this.usedKeys;
        const next = keys[keys.indexOf(key) + 1] ?? keys[keys.indexOf(key) - 1];
        const { datum_label: name } = this.draft.rows.find((row) => row.key === key);
        this.change(model.removeRow(this.draft, key));
        this.announce(format(labels.removed, name));
        this.focusLater(() => (next ? this.rowElement(next) : this.template.querySelector('[data-add]')));
    }
    /** A run has begun. What is typed stays, and is told at its save. */
    handleBegun() {
        if (!this.isDirty) this.load();
    }
    /** A row that went bad is looked at again and goes on. What is typed elsewhere on the page stays. */
    async handleResume({ currentTarget }) {
        const { id } = currentTarget.dataset;
        try {
            const { answer, version } = await resumeFieldSyncRow(id);
            const mine = this.draft;
            const before = this.base;
            this.accept({ answer, version });
            this.draft = mergeOf(before, mine, this.base);
            const health = new Map(this.base.rows.map((row) => [row.key, row]));
            this.draft = { ...this.draft, rows: this.draft.rows.map((row) => health.get(row.key) ?? row) };
            this.announce(labels.resumed);
        } catch (error) {
            this.problem = error.message;
        }
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }
}
