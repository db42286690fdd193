import { LightningElement, api } from 'lwc';
import { reduceError } from 'c/accordErrors';
import { exchange, request } from './api';
import { DraftKeeper } from 'c/accordDrafts';
import { session } from '../page/session.js';

const LOGIN = '/api/v1/me/salesforce-login';

/** The answer; an error has the shape of the API. */
const reduced = (asked) =>
    asked.catch((error) => {
        throw reduceError(error);
    });

/** Where the panel gets its data outside Lightning: our own HTTP API. Same interface as the bundle of this name for Lightning. */
export default class AccordRecordSource extends LightningElement {
    @api objectApiName;
    _recordId;
    _saves = 0;
    _also = [];
    _drafts = new DraftKeeper((changes) => request('PUT', `${this.address}/draft`, { changes }));
    _leave = () => {
        if (document.visibilityState === 'hidden') this._drafts.flush();
    };

    @api
    get recordId() {
        return this._recordId;
    }
    set recordId(recordId) {
        const isNew = recordId && recordId !== this._recordId;
        if (isNew) this._also = [];
        this._recordId = recordId;
        if (isNew && this.isConnected) this.load();
    }

    connectedCallback() {
        document.addEventListener('visibilitychange', this._leave);
        if (this._recordId) this.load();
    }
    disconnectedCallback() {
        document.removeEventListener('visibilitychange', this._leave);
    }

    get address() {
        return `/api/v1/panels/${encodeURIComponent(this._recordId)}`;
    }
    get query() {
        return this._also.length ? `?${new URLSearchParams(this._also.map((key) => ['also', key]))}` : '';
    }

    /** Fetches the panel and tells it by a `load` event, or by `failure`. */
    @api async load() {
        const [recordId, saves] = [this._recordId, this._saves];
        // what was read before a save is older than what the save has answered
        const isCurrent = () => recordId === this._recordId && saves === this._saves;
        try {
            const panel = await request('GET', this.address + this.query);
            if (!isCurrent()) return;
            this._also = [...new Set([...this._also, ...panel.also_needed.map((row) => row.key)])];
            this.tell('load', { panel });
        } catch (error) {
            if (isCurrent()) this.tell('failure', { error: reduceError(error) });
        }
    }

    /** From now on, until a save, the panel tells `also_needed`: of these fields those that may be edited. */
    @api alsoNeed(keys) {
        this._also = keys;
        return this.load();
    }

    /** @param changes [{key, value, seen}]  Answers {rows, saved, outcomes}; throws an error of the API's shape. */
    @api async save(changes) {
        this._saves += 1;
        await this._drafts.stop();
        try {
            const saved = await request('PATCH', this.address, { changes, also: this._also });
            this._also = [];
            return saved;
        } catch (error) {
            throw reduceError(error);
        }
    }

    /** Keeps what is typed and not saved for the next visit; a save drops it. */
    @api keepDraft(changes) {
        this._drafts.keep(changes);
    }

    @api async createPlan(fields) {
        try {
            return await request('POST', '/api/v1/plans', fields);
        } catch (error) {
            throw reduceError(error);
        }
    }

    /** One call about the deal's plan: {method, path, body, version, key}, see c/accordPlanApi. Answers with JSON. */
    @api async send({ method, path, body, version, key }) {
        return (await reduced(exchange(method, path, body, version, key))).answer;
    }

    /** Why a field holds what it holds, as the API tells it. */
    @api async explain(key) {
        return reduced(request('GET', `${this.address}/why/${encodeURIComponent(key)}`));
    }

    /** How the person's own Salesforce login stands: `connected`, and whether one is `offered`. */
    @api async findLogin() {
        return reduced(request('GET', LOGIN));
    }
    /** Begins the sign-in in a window of its own; where the browser opens none, `opened` is false and `authorize_url` is a way. */
    @api async startLogin() {
        // it opens with the click: a window that comes after an answer would be kept shut
        const opened = window.open('', '_blank');
        if (opened) opened.opener = null;
        try {
            const { authorize_url: address } = await reduced(request('POST', '/oauth/salesforce/start'));
            opened?.location.replace(address);
            return { opened: Boolean(opened), authorize_url: address };
        } catch (error) {
            opened?.close();
            throw error;
        }
    }
    /** The person wants no login of his own for now. */
    @api async dismissLogin() {
        return reduced(request('POST', `${LOGIN}/dismiss`));
    }

    /** Forgets the person's login and ends it at Salesforce; `ended_at_salesforce` says whether that was done. */
    @api async dropLogin() {
        return reduced(request('DELETE', LOGIN));
    }

    /** Outside Lightning there are no toasts of the page: the panel itself says what happened. */
    @api announce() {}

    /** A record, or with `list` one of its related lists, by the name of the relationship. */
    @api openPlace({ recordId, sobject, list }) {
        const path = list ? `${sobject}/${recordId}/related/${list}` : recordId;
        window.open(`${session.org_url ?? session.parent_origin}/lightning/r/${path}/view`, '_blank', 'noopener');
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}
