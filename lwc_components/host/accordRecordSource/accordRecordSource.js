import { LightningElement, api } from 'lwc';
import { reduceError } from 'c/accordErrors';
import { request } from './api';
import { session } from '../page/session.js';

/** Where the panel gets its data outside Lightning: our own HTTP API. Same interface as the bundle of this name for Lightning. */
export default class AccordRecordSource extends LightningElement {
    @api objectApiName;
    _recordId;

    @api
    get recordId() {
        return this._recordId;
    }
    set recordId(recordId) {
        const isNew = recordId && recordId !== this._recordId;
        this._recordId = recordId;
        if (isNew && this.isConnected) this.load();
    }

    connectedCallback() {
        if (this._recordId) this.load();
    }

    get address() {
        return `/api/v1/panels/${encodeURIComponent(this._recordId)}`;
    }

    /** Fetches the panel and tells it by a `load` event, or by `failure`. */
    @api async load() {
        const recordId = this._recordId;
        try {
            const panel = await request('GET', this.address);
            if (recordId === this._recordId) this.tell('load', { panel });
        } catch (error) {
            if (recordId === this._recordId) this.tell('failure', { error: reduceError(error) });
        }
    }

    /** @param changes [{key, value, seen}]  Answers {rows, saved, outcomes}; throws an error of the API's shape. */
    @api async save(changes) {
        try {
            return await request('PATCH', this.address, { changes });
        } catch (error) {
            throw reduceError(error);
        }
    }

    @api async createPlan(fields) {
        try {
            return await request('POST', '/api/v1/plans', fields);
        } catch (error) {
            throw reduceError(error);
        }
    }

    /** Outside Lightning there are no toasts of the page: the panel itself says what happened. */
    @api announce() {}

    @api openRecord(recordId) {
        window.open(`${session.parent_origin}/${recordId}`, '_blank', 'noopener');
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}
