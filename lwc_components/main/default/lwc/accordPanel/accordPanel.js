import { LightningElement, api } from 'lwc';
import labels, { format, variableLabels } from 'c/accordLabels';
import { CLEAN, changesOf, edit, isConflict, isDirty, keepMine, placed, problems, refused, revert, saved, sending } from 'c/accordEdits';
import { settleDependents } from 'c/accordDependencies';
import { planWays } from 'c/accordPlanApi';
import { answerDraft, keepDraft, offerOf, takeDraft } from './drafting';
import { createPlan, takePlan } from './planning';
import * as view from './view';

const { bannerFor, blankFor, countOf, itemsOf, rowsOf, tabOf } = view;

/** The fields of a deal beside its plan. It owns all state; its children show it and tell what was done to them. */
export default class AccordPanel extends LightningElement {
    @api objectApiName;

    labels = labels;
    words = variableLabels;
    panel = null;
    failure = null;
    edits = CLEAN;
    isSaving = false;
    isJustSaved = false;
    isCreatingPlan = false;
    planError = null;
    planNote = null;
    offeredDraft = null;
    restoredNote = null;
    /** What the line about the person's own login works with. */
    login = {
        find: () => this.source.findLogin(),
        start: () => this.source.startLogin(),
        dismiss: () => this.source.dismissLogin(),
        drop: () => this.source.dropLogin()
    };
    explain = (key) => this.source.explain(key);
    /** What the plan with its steps works with. */
    planWays = planWays((call) => this.source.send(call));
    announcement = '';
    _recordId;
    _afterRender = null;

    @api
    get recordId() {
        return this._recordId;
    }
    /** Another record is another panel: nothing that was typed for the last one may be saved to it. */
    set recordId(recordId) {
        if (this._recordId === recordId) return;
        Object.assign(this, view.UNREAD, { _recordId: recordId });
    }

    renderedCallback() {
        const next = this._afterRender;
        this._afterRender = null;
        // children that were told something by this rendering follow in the same turn
        if (next) Promise.resolve().then(next);
    }

    get source() {
        return this.template.querySelector('c-accord-record-source');
    }
    get isLoading() {
        return Boolean(this.recordId) && !this.panel && !this.failure;
    }
    get title() {
        return this.panel?.record.name || labels.panelTitle;
    }
    get savedAs() {
        return this.panel?.saved_as ? format(labels.savedAs, this.panel.saved_as.name) : null;
    }
    get blank() {
        return blankFor(this);
    }
    get banner() {
        return bannerFor({ edits: this.edits, rows: rowsOf(this.panel), isWithoutAccord: this.panel.is_without_accord });
    }
    get tabs() {
        return this.panel.tabs.map((tab) => ({ ...tab, items: itemsOf(tab.rows, this) }));
    }
    /** The Salesforce values that plans name; null when there are none. */
    get values() {
        const items = view.valuesOf(this.panel, this);
        return items && { items };
    }
    get variables() {
        return view.variablesOf(this.panel);
    }
    get hasTabs() {
        return this.panel.tabs.length > 0;
    }
    /** Fields outside the panel without which Salesforce does not save what is typed. */
    get alsoNeeded() {
        const rows = this.panel.also_needed ?? [];
        const { panel, edits } = this;
        return this.isDirty && rows.length ? { items: itemsOf(rows, { panel, edits }) } : null;
    }
    get onlyTab() {
        return this.panel.tabs.length === 1 ? this.tabs[0] : null;
    }
    get hasPlan() {
        return Boolean(this.panel) && !this.failure;
    }
    get isDirty() {
        return isDirty(this.edits);
    }
    /** Whether leaving the page would lose what somebody has typed. */
    @api get hasUnsaved() {
        return this.isDirty || Boolean(this.template.querySelector('c-accord-plan')?.isOpen);
    }
    get bar() {
        return { count: countOf(this.edits), save: this.isSaving ? labels.saving : labels.save };
    }
    get ariaBusy() {
        return String(this.isSaving);
    }

    rowOf(key) {
        return view.rowAt(this.panel, key);
    }
    /** Where the field is edited; it may stand in a tab and among the variables. */
    fieldOf(key) {
        const shown = [...this.template.querySelectorAll(`c-accord-field[data-key="${key}"]`)];
        return shown.find(({ row }) => row.editable) ?? shown[0];
    }
    /** The field, with its tab in front. */
    bringUp(key) {
        const tabset = this.template.querySelector('lightning-tabset');
        const tab = tabOf(this.panel, key);
        if (tabset && tab) tabset.activeTabValue = tab.key;
        return () => this.fieldOf(key);
    }
    /** Moves the focus after the next rendering, when the target is there: a function that answers with an element or nothing. */
    focusLater(target) {
        this._afterRender = () => target()?.focus();
    }
    titleElement = () => this.template.querySelector('[data-title]');
    saveButton = () => this.template.querySelector('[data-save]');

    /** Reads everything again; what is typed stays. Not while a save is under way: that brings its own answer. */
    @api refresh() {
        if (!this.panel || this.isSaving) return;
        this.source.load();
        this.template.querySelector('c-accord-plan')?.refresh();
    }
    handleLoad({ detail: { panel } }) {
        // the field that has the focus keeps its row: a day that is half typed is no edit yet, and must not be written over
        const { key: entered } = this.template.activeElement?.dataset ?? {};
        const known = this.panel ? rowsOf(this.panel) : null;
        Object.assign(this, { panel: known && entered ? view.withField(panel, this.panel, entered) : panel, failure: null });
        this.edits = placed(this.edits, rowsOf(this.panel));
        if (!known && panel.draft) takeDraft(this, panel.draft);
        const [asked] = (panel.also_needed ?? []).filter((row) => known?.every((other) => other.key !== row.key));
        if (asked && this.isDirty) this.focusLater(() => this.fieldOf(asked.key));
    }
    handleDraft({ detail: { draft } }) {
        takeDraft(this, draft);
    }
    get offer() {
        return offerOf(this);
    }
    handleDraftAnswer({ target }) {
        answerDraft(this, 'fillIn' in target.dataset);
    }
    handleFailure({ detail: { error } }) {
        // what is on the screen stays there: a failed refresh is no reason to take away what somebody types
        if (!this.panel) this.failure = error;
    }
    handleRetry() {
        Object.assign(this, { failure: null, announcement: labels.loading });
        this.focusLater(this.titleElement);
        this.source.load();
    }

    handleEdit({ detail: { key, value } }) {
        this.settle(edit(this.edits, this.rowOf(key), value), key);
        Object.assign(this, { isJustSaved: false, restoredNote: null });
    }
    handleRevert({ detail: { key } }) {
        this.settle(revert(this.edits, key), key);
    }
    /** Takes over edits in which the field `key` is another than before. */
    settle(edits, key) {
        this.edits = settleDependents(edits, rowsOf(this.panel), key);
        keepDraft(this);
    }
    handleKeepMine({ detail: { key } }) {
        this.chosen(key, keepMine(this.edits, key));
    }
    handleTakeTheirs({ detail: { key } }) {
        const { theirs: value, theirs_currency: currency } = this.edits.drafts[key];
        this.panel = view.withValue(this.panel, key, { value, currency });
        this.chosen(key, revert(this.edits, key));
    }
    /** The next choice gets the focus; after the last one the way to save, or the field when nothing is left to save. */
    chosen(key, edits) {
        this.settle(edits, key);
        const [next] = problems(edits, rowsOf(this.panel));
        this.focusLater(next ? this.bringUp(next) : () => this.saveButton() ?? this.fieldOf(key));
    }

    handleKeydown(event) {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
        event.preventDefault();
        event.stopPropagation();
        this.save();
    }
    handleSubmit(event) {
        event.preventDefault();
        this.save();
    }
    handleCancel() {
        const wasStale = this.edits.refusal?.code === 'STALE_EDIT';
        if (this.panel.also_needed?.length) this.source.alsoNeed([]);
        Object.assign(this, { edits: CLEAN, restoredNote: null, announcement: labels.cancelled });
        keepDraft(this);
        this._afterRender = () => {
            this.template.querySelectorAll('c-accord-field').forEach((field) => field.reset());
            this.titleElement().focus();
        };
        if (wasStale) this.source.load();
    }

    /** Saves every edit, as the Save button does. */
    @api async save() {
        this.template.activeElement?.commit?.();
        if (!this.isDirty || this.isSaving || this.holdBack()) return;
        const changes = changesOf(this.edits);
        const wasInBar = this.template.activeElement?.closest('[data-bar]');
        Object.assign(this, { isSaving: true, edits: sending(this.edits), announcement: labels.saving });
        try {
            this.handleSaved(changes, await this.source.save(changes));
            if (wasInBar) this.focusLater(() => this.saveButton() ?? this.titleElement());
        } catch (error) {
            this.handleRefused(error);
        } finally {
            this.isSaving = false;
        }
    }
    /** True when an entry is wrong or a choice is open; the focus goes there. */
    holdBack() {
        const edited = rowsOf(this.panel).filter((row) => row.key in this.edits.drafts);
        const wrong = edited.map((row) => this.fieldOf(row.key)).filter((field) => !field.validate() || isConflict(field.draft));
        wrong[0]?.focus();
        return wrong.length > 0;
    }
    handleSaved(changes, result) {
        this.edits = saved(this.edits, changes, result);
        this.panel = view.afterSave(this.panel, result, Object.keys(this.edits.drafts));
        if (this.isDirty) keepDraft(this);
        const [remark] = Object.values(this.edits.notes);
        Object.assign(this, { restoredNote: null, isJustSaved: !remark, announcement: remark ?? labels.savedText });
        this.source.announce({ title: labels.savedText, message: remark ?? '', variant: remark ? 'warning' : 'success' });
    }
    handleRefused(error) {
        this.edits = refused(this.edits, error, rowsOf(this.panel));
        keepDraft(this);
        Object.assign(this, { isJustSaved: false, announcement: '' });
        const [first] = problems(this.edits, rowsOf(this.panel));
        this.focusLater(first ? this.bringUp(first) : this.saveButton);
        // somebody else was here: the fields beside the one in question may be old too
        if (error.code === 'STALE_EDIT') this.source.load();
        const missing = view.missingKeys(error, rowsOf(this.panel));
        if (missing.length) this.source.alsoNeed([...(this.panel.also_needed ?? []).map((row) => row.key), ...missing]);
    }
    handleLoginDeclined() {
        this.titleElement().focus();
    }
    handleOpenRecord() {
        this.source.openPlace({ recordId: this.recordId });
    }
    handleOpenPlace({ detail: { place } }) {
        this.source.openPlace(place);
    }
    handleOpenApproval({ currentTarget }) {
        this.source.openPlace(this.banner.places.find(({ recordId }) => recordId === currentTarget.dataset.place));
    }

    handleCreatePlan({ detail }) {
        createPlan(this, detail);
    }
    handlePlanChange({ detail: { plan } }) {
        takePlan(this, plan);
    }
}
