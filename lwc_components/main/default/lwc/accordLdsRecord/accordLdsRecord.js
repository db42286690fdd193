import { LightningElement, api, wire } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo, getObjectInfos, getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { panelError, reduceError, reduceSaveError } from 'c/accordErrors';
import labels from 'c/accordLabels';
import { CONTEXT_FIELDS, buildRow, controllersOf, relatedObjects, valueOf, wireValue } from 'c/accordRows';
import { sameValue } from 'c/accordValues';

const CHANGED_MEANWHILE = 412;

/** W14: the same digits in another currency are another amount. */
const isAsSeen = ({ type, value, currency }, { seen, seen_currency: seenCurrency }) =>
    sameValue(type, value, seen) && (currency ?? null) === (seenCurrency ?? null);

/** One record through Lightning Data Service: its rows by a `rows` event whenever it changes, `failure` when it cannot be read. */
export default class AccordLdsRecord extends LightningElement {
    @api recordId;
    @api objectApiName;
    /** False when the record as a whole may not be edited by this user; unknown counts as yes. */
    @api canEdit;
    _configured = [];
    _approvalSince;
    record;
    objectInfo;
    infos = {};
    relatedNames;
    picklists;

    /** The configured rows of this object: [{key, sobject, field, label}]. */
    @api
    get configured() {
        return this._configured;
    }
    set configured(configured) {
        this._configured = configured;
        this.follow();
        this.tellRows();
    }
    /** Since when the record waits for an approval. */
    @api
    get approvalSince() {
        return this._approvalSince;
    }
    set approvalSince(since) {
        this._approvalSince = since;
        this.tellRows();
    }

    get fields() {
        return [`${this.objectApiName}.Id`];
    }
    /** All optional: a single field without access would fail the whole record otherwise. */
    get optionalFields() {
        const configured = this._configured;
        const related = configured.map(({ field }) => field.split('.')).filter((steps) => steps.length > 1);
        const names = [
            ...CONTEXT_FIELDS[this.objectApiName],
            ...configured.map((row) => row.field),
            ...controllersOf(configured, this.objectInfo),
            ...related.map((steps) => [...steps.slice(0, -1), 'CurrencyIsoCode'].join('.'))
        ];
        return [...new Set(names)].map((name) => `${this.objectApiName}.${name}`);
    }
    get recordTypeId() {
        return this.record && this.objectInfo ? (this.record.recordTypeId ?? this.objectInfo.defaultRecordTypeId) : undefined;
    }

    @wire(getRecord, { recordId: '$recordId', fields: '$fields', optionalFields: '$optionalFields' })
    wiredRecord({ data, error }) {
        this.take('record', data, error);
    }
    @wire(getObjectInfo, { objectApiName: '$objectApiName' })
    wiredObjectInfo({ data, error }) {
        this.take('objectInfo', data, error);
        this.follow();
    }
    @wire(getObjectInfos, { objectApiNames: '$relatedNames' })
    wiredRelated({ data }) {
        if (!data) return;
        const known = data.results.filter(({ statusCode }) => statusCode === 200).map(({ result }) => [result.apiName, result]);
        this.infos = { ...this.infos, ...Object.fromEntries(known) };
        this.follow();
        this.tellRows();
    }
    /** Asks for the objects to which the configured paths lead; each answer may lead further. */
    follow() {
        const names = relatedObjects(this._configured, this.objectInfo, this.infos);
        if (names.length && names.join() !== this.relatedNames?.join()) this.relatedNames = names;
    }
    @wire(getPicklistValuesByRecordType, { objectApiName: '$objectApiName', recordTypeId: '$recordTypeId' })
    wiredPicklists({ data, error }) {
        this.take('picklists', data?.picklistFieldValues, error);
    }

    take(name, data, error) {
        if (error) this.dispatchEvent(new CustomEvent('failure', { detail: { error: reduceError(error, this.objectApiName) } }));
        if (!data) return;
        this[name] = data;
        this.tellRows();
    }

    get rows() {
        return this._configured.map((configured) => buildRow(configured, this));
    }

    tellRows() {
        if (!this.record || !this.objectInfo || !this.picklists) return;
        const detail = {
            sobject: this.objectApiName,
            rows: this.rows,
            name: valueOf(this.record, 'Name'),
            accountId: valueOf(this.record, 'AccountId'),
            recordTypeId: this.record.recordTypeId ?? null,
            stage: valueOf(this.record, 'StageName'),
            changedAt: this.record.lastModifiedDate
        };
        this.dispatchEvent(new CustomEvent('rows', { detail }));
    }

    /** Reads the record again, past the cache. */
    @api refresh() {
        return notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    }

    /** @param changes [{key, value, seen}] of this record. Answers [{key, outcome, message}]; throws an error of the API's shape. */
    @api async save(changes) {
        try {
            return await this.write(changes);
        } catch (error) {
            if (error?.status !== CHANGED_MEANWHILE) throw reduceSaveError(error, this.objectApiName);
        }
        // somebody saved between our look and our write: look again, and write if it was about other fields
        try {
            return await this.write(changes);
        } catch (error) {
            throw reduceSaveError(error, this.objectApiName);
        }
    }

    async write(changes) {
        const { recordId, unmodifiedSince, values } = await this.wish(changes);
        const written = await updateRecord({ fields: { Id: recordId, ...values } }, { ifUnmodifiedSince: unmodifiedSince });
        return this.taken(changes, written.fields, written.lastModifiedDate);
    }

    /** The write that the changes ask for, by the state that is read now; refused where somebody has changed the same field. */
    @api async wish(changes) {
        await this.refresh();
        this.refuseStale(changes);
        const typeOf = this.types;
        const values = changes.map(({ key, value }) => [this.fieldOf(key), wireValue(typeOf[key], value)]);
        return { recordId: this.recordId, unmodifiedSince: this.record.lastModifiedDate, values: Object.fromEntries(values) };
    }

    /** Takes over what Salesforce has after a write: field -> {value}. Answers what became of each change. */
    @api taken(changes, fields, lastModifiedDate = this.record.lastModifiedDate) {
        const typeOf = this.types;
        this.record = { ...this.record, lastModifiedDate, fields: { ...this.record.fields, ...fields } };
        this.tellRows();
        return changes.map((change) => this.outcomeOf(change, typeOf[change.key]));
    }

    get types() {
        return Object.fromEntries(this.rows.map((row) => [row.key, row.type]));
    }

    refuseStale(changes) {
        const now = Object.fromEntries(this.rows.map((row) => [row.key, row]));
        const items = changes
            .filter(({ key, ...seen }) => !isAsSeen(now[key], seen))
            .map(({ key, value }) => ({
                key,
                field: this.fieldOf(key),
                code: 'STALE_EDIT',
                message: labels.staleTitle,
                yours: value,
                theirs: now[key].value,
                theirs_currency: now[key].currency ?? null
            }));
        if (items.length) throw panelError('STALE_EDIT', labels.staleTitle, { items });
    }

    /** What the platform silently left as it was is no success. */
    outcomeOf({ key, value, seen }, type) {
        const { value: now } = this.rows.findLast((row) => row.key === key);
        const isIgnored = !sameValue(type, now, value) && sameValue(type, now, seen);
        return isIgnored ? { key, outcome: 'ignored_by_platform', message: labels.ignored } : { key, outcome: 'saved', message: null };
    }

    fieldOf(key) {
        return key.slice(this.objectApiName.length + 1);
    }
}
