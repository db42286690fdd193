import { LightningElement, api } from 'lwc';

/** Stands in for c/accordLdsRecord: answers a save with `answer`, or refuses it with `refusal`. */
export default class LdsRecord extends LightningElement {
    @api answer = [];
    @api refusal = null;
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
}
