import { LightningElement } from 'lwc';
import { saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { disconnectOrg, uninstallStanding } from 'c/accordSettingsApi';
import { disconnectLabels as labels } from 'c/accordSettingsLabels';
import { factsOf, receiptOf, rowsOf } from './words';

/** The end of the connection: what uses Accord, the values in a file, the question, and the receipt. Event: announce. */
export default class AccordDisconnect extends LightningElement {
    labels = labels;
    standing = null;
    failure = null;
    isBusy = false;
    problem = null;
    receipt = null;
    _focusOn = null;

    connectedCallback() {
        this.load();
    }
    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }
    async load() {
        this.failure = null;
        try {
            this.standing = await uninstallStanding();
        } catch (error) {
            this.failure = error;
        }
    }

    get isWaiting() {
        return !this.standing;
    }
    get facts() {
        return factsOf(this.standing);
    }
    get confirmLabel() {
        return format(labels.confirmLabel, this.standing.org_name);
    }
    get lines() {
        return receiptOf(this.receipt, momentOf(this.receipt.finished_at ?? this.receipt.started_at));
    }
    get rows() {
        return rowsOf(this.receipt.deleted);
    }

    async handleConfirm({ detail: { typed } }) {
        if (!typed) {
            Object.assign(this, { problem: labels.missing, _focusOn: '[data-ask]' });
            return;
        }
        const deletesPlans = this.template.querySelector('[data-plans]')?.checked ?? false;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            this.receipt = await disconnectOrg(typed, deletesPlans);
            this._focusOn = '[data-receipt]';
            this.dispatchEvent(new CustomEvent('announce', { detail: { text: this.lines[0] } }));
        } catch (error) {
            Object.assign(this, { problem: error.items?.[0]?.message ?? error.message, _focusOn: '[data-ask]' });
        } finally {
            this.isBusy = false;
        }
    }
    handleSave() {
        const counts = this.rows.map(({ title, count }) => `${title}: ${count}`);
        saveFile('accord-receipt.txt', [...this.lines, '', ...counts, ''].join('\n'));
    }
}
