import { LightningElement, api } from 'lwc';

/** Stands in for c/accordLdsRecord: answers a save with `answer`, or refuses it with `refusal`; a wish has its state from `modified`. */
export default class LdsRecord extends LightningElement {
    @api answer = [];
    @api refusal = null;
    @api modified = '2026-11-22T10:00:00Z';
    @api recordId;
    @api objectApiName;
    @api canEdit;
    @api approvalSince;
    @api configured;

    @api async refresh() {
        return undefined;
    }
    @api async save() {
        if (this.refusal) throw this.refusal;
        return this.answer;
    }
    @api async wish(changes) {
        if (this.refusal) throw this.refusal;
        const values = changes.map(({ key, value }) => [key.slice(this.objectApiName.length + 1), value]);
        return { recordId: this.recordId, unmodifiedSince: this.modified, values: Object.fromEntries(values) };
    }
    @api taken(changes) {
        return changes.map(({ key }) => ({ key, outcome: 'saved', message: null }));
    }
}
