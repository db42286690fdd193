import { api } from 'lwc';
import { sumText, wholeText } from 'c/accordDryRunWords';
import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { moved, neighbourOf, without } from 'c/accordRowList';
import { dryRunFieldSync, fieldSyncSettings, resumeFieldSyncRow } from 'c/accordSettingsApi';
import { fieldSyncLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf, placed } = model;
const PLANS_LOOKED_AT = 20;
const BADGES = {
    ok: { text: labels.statusOk, look: 'slds-badge slds-theme_success' },
    unchecked: { text: labels.statusUnchecked, look: 'slds-badge slds-badge_lightest' },
    bad: { text: labels.statusBad, look: 'slds-badge slds-theme_error' },
    paused: { text: labels.statusPaused, look: 'slds-badge slds-theme_warning' }
};

/** Settings > CRM > Sync Accord data to Salesforce > Manage: which datum or criterion goes to which field (A41, A60, A61, A77 to A83). */
export default class AccordFieldSync extends AccordSettingsEditor {
    /** Somebody comes to see each value of a dry run. */
    @api isLook = false;
    labels = labels;
    isAdding = false;
    /** The row that is being changed, and what a dry run said before the save that is asked for. */
    edited = null;
    tried = null;
    /** Rows that are new since the last save, as they are sent: they can be filled. */
    fresh = null;
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
        return this.draft.rows.map((row, index) => {
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
                names: model.namesOf(row),
                place: index
            };
        });
    }
    get usedByOthers() {
        return this.usedKeys.filter((key) => key !== this.edited.key);
    }
    get triedText() {
        return `${sumText(this.tried, this.tried.plans.length)} ${wholeText(this.tried.whole)}`;
    }
    /** The buttons of a row: one of them has the focus, or the one that was pressed last. */
    buttonOf = (key, name) => ({ focus: () => this.template.querySelector(`c-accord-row-order[data-key="${key}"]`).focus(name) });
    change(draft) {
        super.change(draft);
        Object.assign(this, { tried: null, fresh: null });
    }
    handleDiscard() {
        Object.assign(this, { tried: null, edited: null });
        super.handleDiscard();
    }

    /** What new and changed rows would write is shown first; nothing is saved before a second yes (D14). */
    async handleSave() {
        if (this.tried || !model.changedRows(this.base, this.draft).length) {
            await this.saveNow();
            return;
        }
        Object.assign(this, { isSaving: true, isSaved: false, problem: null });
        try {
            this.tried = await dryRunFieldSync({ rows: this.sentRows, after: null, limit: PLANS_LOOKED_AT });
            this.focusLater(() => this.template.querySelector('[data-before-text]'));
        } catch (error) {
            await this.refuse(error);
        } finally {
            this.isSaving = false;
        }
    }
    async saveNow() {
        const before = this.base;
        this.tried = null;
        await super.handleSave();
        if (!this.isSaved || !this.base.enabled) return;
        const fresh = model.changedRows(before, this.base);
        if (!fresh.length) return;
        this.fresh = settingsOf({ ...this.base, rows: fresh }).rows;
        this.focusLater(() => this.template.querySelector('c-accord-fill-offer'));
    }
    handleSee() {
        this.template.querySelector('c-accord-dry-run').show(this.tried);
    }
    handleBack() {
        this.tried = null;
        this.focusLater(() => this.template.querySelector('c-accord-save-bar'));
    }
    handleFilled() {
        this.fresh = null;
        this.announce(labels.fillBegun);
        this.template.querySelector('c-accord-sync-runs').look();
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }
    handleFillClosed() {
        this.fresh = null;
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }

    handleAdd() {
        Object.assign(this, { isAdding: true, edited: null });
        this.focusLater(() => this.template.querySelector('c-accord-field-sync-add'));
    }
    handleAdded({ detail: { row } }) {
        this.change(model.addRow(this.draft, row));
        this.isAdding = false;
        this.announce(format(labels.added, row.datum_label));
        this.focusLater(() => this.buttonOf(model.keyOf(row), 'remove'));
    }
    handleAddClosed() {
        this.isAdding = false;
        this.focusLater(() => this.template.querySelector('[data-add]'));
    }
    handleMinutes({ target }) {
        this.change({ ...this.draft, check_minutes: Math.min(1440, Math.max(1, Math.round(Number(target.value)) || 1)) });
    }
    handleEdit({ currentTarget }) {
        const { key } = currentTarget.dataset;
        Object.assign(this, { isAdding: false, edited: this.draft.rows.find((row) => row.key === key) });
        this.focusLater(() => this.template.querySelector('[data-edit-form]'));
    }
    handleEdited({ detail: { row } }) {
        this.change(model.changeRow(this.draft, this.edited.key, row));
        this.edited = null;
        this.announce(format(labels.changed, row.datum_label));
        this.focusLater(() => this.buttonOf(model.keyOf(row), 'edit'));
    }
    handleEditClosed() {
        const { key } = this.edited;
        this.edited = null;
        this.focusLater(() => this.buttonOf(key, 'edit'));
    }
    handleMove({ currentTarget, detail: { by } }) {
        const { key } = currentTarget.dataset;
        this.change({ ...this.draft, rows: moved(this.draft.rows, key, by) });
        const place = this.usedKeys.indexOf(key);
        this.announce(format(labels.movedTo, this.draft.rows[place].datum_label, place + 1, this.draft.rows.length));
        this.focusLater(() => this.buttonOf(key));
    }
    handleRemove({ currentTarget }) {
        const { key } = currentTarget.dataset;
        const next = neighbourOf(this.draft.rows, key);
        const { datum_label: name } = this.draft.rows.find((row) => row.key === key);
        this.change({ ...this.draft, rows: without(this.draft.rows, key) });
        this.announce(format(labels.removed, name));
        this.focusLater(() => (next ? this.buttonOf(next, 'remove') : this.template.querySelector('[data-add]')));
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
