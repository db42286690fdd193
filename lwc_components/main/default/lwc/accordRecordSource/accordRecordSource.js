import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import getConfiguration from '@salesforce/apex/AccordPanelController.getConfiguration';
import getEditAccess from '@salesforce/apex/AccordPanelController.getEditAccess';
import getApprovalSince from '@salesforce/apex/AccordPanelController.getApprovalSince';
import createPlan from '@salesforce/apex/AccordPanelController.createPlan';
import sendAboutPlan from '@salesforce/apex/AccordPlanController.send';
import getWhy from '@salesforce/apex/AccordPanelController.getWhy';
import getLogin from '@salesforce/apex/AccordPanelController.getLogin';
import startLogin from '@salesforce/apex/AccordPanelController.startLogin';
import dismissLogin from '@salesforce/apex/AccordPanelController.dismissLogin';
import { reduceError, reduceSaveError } from 'c/accordErrors';
import { DEFAULT_TABS, isShown } from 'c/accordRows';

/** The answer; an error has the shape of the API. */
const reduced = (asked) =>
    asked.catch((error) => {
        throw reduceError(error);
    });

/**
 * Where the panel gets its data in Lightning: values through Lightning Data Service, which keeps to the user's own rights and
 * refreshes the page; the configuration and the plan from our backend. Without the backend the default rows still work.
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
    _also = [];

    @api
    get recordId() {
        return this._recordId;
    }
    set recordId(recordId) {
        this._recordId = recordId;
        Object.assign(this, {
            configuration: null,
            accountId: null,
            canEditAccount: undefined,
            _rows: {},
            _name: '',
            _deal: {},
            _also: []
        });
    }

    @wire(getConfiguration, { recordId: '$recordId' })
    wiredConfiguration(result) {
        this._wired = result;
        if (result.data) this.configuration = result.data;
        if (result.error) {
            const { message } = reduceError(result.error);
            this.configuration = { tabs: DEFAULT_TABS, plan: null, can_create_plan: false, plan_problem: message };
        }
        this.tellPanel();
    }

    /** Unknown until it is answered, and where it cannot be asked: then Salesforce itself has the last word at the save. */
    @wire(getEditAccess, { recordId: '$accountIfShown' })
    wiredAccess({ data }) {
        this.canEditAccount = data;
    }
    @wire(getApprovalSince, { recordId: '$recordId' })
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
        return this.configuration ? [...this.configuration.tabs.flatMap((tab) => tab.rows), ...this._also] : [];
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

    handleRows({ detail: { sobject, rows, name, accountId, recordTypeId, stage } }) {
        this._rows = { ...this._rows, [sobject]: rows };
        if (sobject === 'Opportunity') Object.assign(this, { _name: name, accountId, _deal: { recordTypeId, stage } });
        this.tellPanel();
    }
    handleFailure({ detail: { error } }) {
        this.dispatchEvent(new CustomEvent('failure', { detail: { error } }));
    }

    get rows() {
        return Object.values(this._rows).flat();
    }

    tellPanel() {
        const isComplete = this.configuration && this.records.every((item) => this._rows[item.sobject]);
        if (!isComplete || !this.records.length) return;
        const known = new Map(this.rows.map((row) => [row.key, row]));
        const tabs = this.configuration.tabs
            .filter((tab) => isShown(tab, this._deal))
            .map((tab) => ({ ...tab, rows: tab.rows.map((row) => known.get(row.key)).filter(Boolean) }));
        const alsoNeeded = this._also.map((row) => known.get(row.key)).filter((row) => row?.editable);
        const panel = {
            ...this.configuration,
            tabs,
            also_needed: alsoNeeded,
            record: { id: this.recordId, sobject: 'Opportunity', name: this._name }
        };
        this.dispatchEvent(new CustomEvent('load', { detail: { panel } }));
    }

    /** From now on, until a save, the panel tells `also_needed`: of these fields those that may be edited. */
    @api alsoNeed(keys) {
        const configured = new Set(this.configuration.tabs.flatMap((tab) => tab.rows).map((row) => row.key));
        this._also = keys
            .filter((key) => !configured.has(key))
            .map((key) => ({ key, sobject: key.split('.')[0], field: key.slice(key.indexOf('.') + 1) }));
        this.tellPanel();
    }

    recordOf(sobject) {
        return this.template.querySelector(`c-accord-lds-record[data-sobject="${sobject}"]`);
    }

    /** Reads everything again, past the caches. */
    @api async load() {
        await Promise.all([refreshApex(this._wired), ...this.records.map((item) => this.recordOf(item.sobject)?.refresh())]);
    }

    /** Two records are two writes: when the second is refused, the error says in `saved` what the first one has saved. */
    @api async save(changes) {
        const done = [];
        for (const { sobject } of this.records) {
            const own = changes.filter((change) => change.key.startsWith(`${sobject}.`));
            try {
                // eslint-disable-next-line no-await-in-loop -- in this order, so that it is known what has been saved
                if (own.length) done.push(...(await this.recordOf(sobject).save(own)));
            } catch (error) {
                throw done.length ? { ...error, saved: done.map((outcome) => outcome.key) } : error;
            }
        }
        const { rows } = this;
        this._also = [];
        return { rows, saved: done.filter(({ outcome }) => outcome === 'saved').map(({ key }) => key), outcomes: done };
    }

    /** In Lightning no draft is kept: field values pass through Lightning Data Service alone, never through our backend. */
    @api keepDraft() {}

    @api async createPlan({
        opportunity_id: opportunityId,
        title,
        stage_title: stageTitle,
        steps_total: stepsTotal,
        steps_done: stepsDone
    }) {
        try {
            const plan = await createPlan({ opportunityId, title, stageTitle, stepsTotal, stepsDone });
            refreshApex(this._wired);
            return plan;
        } catch (error) {
            throw reduceSaveError(error);
        }
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

    @api announce({ title, message, variant }) {
        this.dispatchEvent(new ShowToastEvent({ title, message, variant }));
    }

    /** The products of a deal, from which its amount comes. */
    @api openProducts(recordId) {
        const attributes = { recordId, objectApiName: 'Opportunity', relationshipApiName: 'OpportunityLineItems', actionName: 'view' };
        this[NavigationMixin.Navigate]({ type: 'standard__recordRelationshipPage', attributes });
    }

    @api openRecord(recordId) {
        this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes: { recordId, actionName: 'view' } });
    }
}
