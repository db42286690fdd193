import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { NavigationMixin } from 'lightning/navigation';
import isUser from '@salesforce/customPermission/Accord_User';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import getConfiguration from '@salesforce/apex/AccordPanelController.getConfiguration';
import getEditAccess from '@salesforce/apex/AccordPanelController.getEditAccess';
import getApprovalSince from '@salesforce/apex/AccordPanelController.getApprovalSince';
import sendAboutPlan from '@salesforce/apex/AccordPlanController.send';
import getWhy from '@salesforce/apex/AccordPanelController.getWhy';
import getLogin from '@salesforce/apex/AccordPanelController.getLogin';
import startLogin from '@salesforce/apex/AccordPanelController.startLogin';
import dismissLogin from '@salesforce/apex/AccordPanelController.dismissLogin';
import dropLogin from '@salesforce/apex/AccordPanelController.dropLogin';
import { panelError, reduceError, reduceSaveError } from 'c/accordErrors';
import labels from 'c/accordLabels';
import { DEFAULT_TABS, outsideOf } from 'c/accordRows';
import { rowsWithoutAccount } from './account';
import { Drafts, isOld, parted } from './drafts';
import { panelOf, variablesOf } from './panel';
import { createPlan } from './plan';
import { fresh } from './fresh';
import { PATIENCE_MS, refuseWhileStopped } from './stopped';
import { saveTogether } from './together';

/** The answer; an error has the shape of the API. */
const reduced = (asked) =>
    asked.catch((error) => {
        throw reduceError(error);
    });

/**
 * Where the panel gets its data in Lightning: values through Lightning Data Service, which keeps to the user's own rights and
 * refreshes the page; the configuration, the plan and drafts from our backend. The fields never wait for it: while it does not
 * answer, the default rows are shown and saved, and drafts lie in the browser.
 */
export default class AccordRecordSource extends NavigationMixin(LightningElement) {
    @api objectApiName;
    configuration = null;
    accountId = null;
    canEditAccount;
    approvals = {};
    _recordId;
    _wired;
    _rows = {};
    _name = '';
    _deal = {};
    _accountError = null;
    _also = [];
    _changedAt = {};
    _drafts = null;
    _typed = [];
    _untold = [];

    @api
    get recordId() {
        return this._recordId;
    }
    set recordId(recordId) {
        this._drafts?.flush();
        this._recordId = recordId;
        Object.assign(this, fresh());
        this._drafts = this.asked ? new Drafts(recordId, (draft) => this.takeDraft(recordId, draft)) : null;
        this.waitForAccord();
    }

    /** Nothing is asked of Apex for somebody who may not use its classes: he would read of them, and not what he lacks. */
    get asked() {
        return isUser ? this._recordId : undefined;
    }
    connectedCallback() {
        if (!isUser) this.dispatchEvent(new CustomEvent('failure', { detail: { error: panelError('NOT_ALLOWED', labels.noAccess) } }));
    }
    disconnectedCallback() {
        clearTimeout(this._patience);
        this._drafts?.flush();
    }

    /** Whoever waits for us has no panel: the default rows come first then, and the configured ones when they are there. */
    waitForAccord() {
        clearTimeout(this._patience);
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- it ends with the record, and with the component
        this._patience = setTimeout(() => {
            if (!this.configuration && this.asked) this.showDefaults(labels.planUnreachable);
        }, PATIENCE_MS);
    }
    showDefaults(problem) {
        this.configuration = { tabs: DEFAULT_TABS, plan: null, can_create_plan: false, plan_problem: problem, is_without_accord: true };
        this.alsoRead(this._typed);
        this.tellPanel();
    }

    @wire(getConfiguration, { recordId: '$asked' })
    wiredConfiguration(result) {
        this._wired = result;
        // what is on the screen stays there: a failed refresh takes no fields away
        const isNews = !this.configuration || this.configuration.is_without_accord;
        if (result.error && isNews) this.showDefaults(reduceError(result.error).message);
        if (!result.data) return;
        this.configuration = result.data;
        this.alsoRead(this._typed);
        this.tellPanel();
    }

    /** Unknown until it is answered, and where it cannot be asked: then Salesforce itself has the last word at the save. */
    @wire(getEditAccess, { recordId: '$accountIfShown' })
    wiredAccess({ data }) {
        this.canEditAccount = data;
    }
    @wire(getApprovalSince, { recordId: '$asked' })
    wiredDealApproval({ data }) {
        this.approvals = { ...this.approvals, Opportunity: data };
    }
    @wire(getApprovalSince, { recordId: '$accountIfShown' })
    wiredAccountApproval({ data }) {
        this.approvals = { ...this.approvals, Account: data };
    }
    get accountIfShown() {
        return this.accountId && this.configured.some((row) => row.sobject === 'Account') ? this.accountId : undefined;
    }

    get configured() {
        if (!this.configuration) return [];
        return [...this.configuration.tabs.flatMap((tab) => tab.rows), ...this._also, ...variablesOf(this.configuration)];
    }
    /** The records whose fields are shown; the account only once the deal has told which one it is. */
    get records() {
        if (!this.configuration) return [];
        return [
            { sobject: 'Opportunity', recordId: this.recordId, canEdit: this.configuration.can_edit },
            { sobject: 'Account', recordId: this.accountId, canEdit: this.canEditAccount }
        ]
            .map((item) => ({ ...item, approvalSince: this.approvals[item.sobject] ?? null }))
            .map((item) => ({ ...item, configured: this.configured.filter((row) => row.sobject === item.sobject) }))
            .filter((item) => item.recordId && (item.sobject === 'Opportunity' || item.configured.length));
    }

    handleRows({ detail: { sobject, rows, name, accountId, recordTypeId, stage, changedAt } }) {
        const isOther = sobject === 'Opportunity' && accountId !== this.accountId;
        this._rows = { ...(isOther ? {} : this._rows), [sobject]: rows };
        if (isOther || sobject === 'Account') this._accountError = null;
        this._changedAt = { ...this._changedAt, [sobject]: changedAt };
        if (sobject === 'Opportunity') Object.assign(this, { _name: name, accountId, _deal: { recordTypeId, stage } });
        this.tellPanel();
    }
    /** An account that cannot be read takes the deal's rows away from nobody. */
    handleFailure({ currentTarget, detail: { error } }) {
        if (currentTarget.dataset.sobject === 'Opportunity') {
            this.dispatchEvent(new CustomEvent('failure', { detail: { error } }));
            return;
        }
        this._accountError = error;
        this.tellPanel();
    }

    get rows() {
        return [...Object.values(this._rows).flat(), ...rowsWithoutAccount(this)];
    }
    get isComplete() {
        return this.records.every(({ sobject }) => this._rows[sobject] || (sobject === 'Account' && this._accountError));
    }

    tellPanel() {
        if (!this.records.length || !this.isComplete) return;
        this.dispatchEvent(new CustomEvent('load', { detail: { panel: panelOf(this) } }));
        this.tellDrafts();
    }

    /** A draft may be about fields that no tab shows: those that Salesforce had asked for, and those of another set-up. */
    takeDraft(recordId, draft) {
        if (recordId !== this._recordId) return;
        this._untold = [...this._untold, draft];
        this._typed = [...this._typed, ...draft.changes.map(({ key }) => key)];
        this.alsoRead(this._typed);
        this.tellPanel();
    }
    /** Of what is not told yet, the edits of fields that can be edited: the others wait for theirs to be read. */
    tellDrafts() {
        const editable = new Set(this.rows.filter((row) => row.editable).map((row) => row.key));
        const found = this._untold.map((draft) => ({ ...draft, offered: isOld(draft, this._changedAt) }));
        const { ready, waiting } = parted(found, ({ key }) => editable.has(key));
        this._untold = waiting;
        for (const draft of ready) this.dispatchEvent(new CustomEvent('draft', { detail: { draft } }));
    }

    /** What is typed is read too, wherever it belongs: an edit without its row could be neither shown nor saved. */
    alsoRead(keys) {
        if (!this.configuration) return;
        const before = this._also.map(({ key }) => key);
        const rows = outsideOf(this.configuration, [...before, ...keys]);
        if (rows.map(({ key }) => key).join() !== before.join()) this._also = rows;
    }

    /** From now on, until a save, the panel tells `also_needed`: of these fields those that may be edited. */
    @api alsoNeed(keys) {
        this._also = outsideOf(this.configuration, keys);
        this.tellPanel();
    }

    recordOf(sobject) {
        return this.template.querySelector(`c-accord-lds-record[data-sobject="${sobject}"]`);
    }

    /** Reads everything again, past the caches. */
    @api async load() {
        await Promise.all([refreshApex(this._wired), ...this.records.map((item) => this.recordOf(item.sobject)?.refresh())]);
    }

    /** @param changes [{key, value, seen}]  Answers {rows, variables, saved, outcomes}. Two records are one write: both are saved, or neither (W12). */
    @api async save(changes) {
        await refuseWhileStopped(this.recordId);
        const parts = this.records
            .map(({ sobject }) => ({
                record: this.recordOf(sobject),
                changes: changes.filter(({ key }) => key.startsWith(`${sobject}.`))
            }))
            .filter((part) => part.changes.length);
        const done = parts.length > 1 ? await saveTogether(parts) : await parts[0].record.save(parts[0].changes);
        const rows = this.rows.filter((row) => !row.isVariable);
        const variables = this.rows.filter((row) => row.isVariable);
        this._also = [];
        this._drafts.drop();
        return { rows, variables, saved: done.filter(({ outcome }) => outcome === 'saved').map(({ key }) => key), outcomes: done };
    }

    /** Keeps what is typed and not saved for the next visit; a save drops it. */
    @api keepDraft(changes) {
        this._typed = changes.map(({ key }) => key);
        this._untold = [];
        this._drafts.keep(changes);
    }

    @api async createPlan(fields) {
        const plan = await createPlan(fields);
        refreshApex(this._wired);
        return plan;
    }

    /** One call about the deal's plan: {method, path, body, version, key}, see c/accordPlanApi. Answers with JSON. */
    @api async send({ method, path, body, version, key }) {
        const rest = { body: body ? JSON.stringify(body) : null, version: version ?? null, key: key ?? null };
        try {
            return await sendAboutPlan({ recordId: this.recordId, method, path, ...rest });
        } catch (error) {
            throw method === 'GET' ? reduceError(error) : reduceSaveError(error);
        }
    }

    /** Why a field holds what it holds, as the API tells it. */
    @api async explain(key) {
        return reduced(getWhy({ recordId: this.recordId, key }));
    }

    /** How the person's own Salesforce login stands: `connected`, and whether one is `offered`. */
    @api async findLogin() {
        return reduced(getLogin({ recordId: this.recordId }));
    }
    /** Begins the sign-in in a window of its own; where the browser opens none, `opened` is false and `authorize_url` is a way. */
    @api async startLogin() {
        const { authorize_url: url } = await reduced(startLogin({ recordId: this.recordId }));
        this[NavigationMixin.Navigate]({ type: 'standard__webPage', attributes: { url } });
        return { opened: true, authorize_url: url };
    }
    /** The person wants no login of his own for now. */
    @api async dismissLogin() {
        return reduced(dismissLogin({ recordId: this.recordId }));
    }

    /** Forgets the person's login and ends it at Salesforce; `ended_at_salesforce` says whether that was done. */
    @api async dropLogin() {
        return reduced(dropLogin({ recordId: this.recordId }));
    }

    @api announce({ title, message, variant }) {
        this.dispatchEvent(new ShowToastEvent({ title, message, variant }));
    }

    /** A record, or with `list` one of its related lists, by the name of the relationship. */
    @api openPlace({ recordId, sobject, list }) {
        const attributes = { recordId, actionName: 'view', ...(list ? { objectApiName: sobject, relationshipApiName: list } : {}) };
        this[NavigationMixin.Navigate]({ type: list ? 'standard__recordRelationshipPage' : 'standard__recordPage', attributes });
    }
}
