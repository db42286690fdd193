import { LightningElement } from 'lwc';
import { saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { forgetForGood, previewForget } from 'c/accordSettingsApi';
import { forgetLabels as labels } from 'c/accordSettingsLabels';
import { factsOf, isSame, receiptOf, rowsOf, subjectOf, sumOf } from './words';

/** Every copy of a record or a person is deleted: shown first, then confirmed by typing it once more, then a receipt. Event: announce. */
export default class AccordForget extends LightningElement {
    labels = labels;
    isBusy = false;
    problem = null;
    /** What was entered when it was looked for; the page goes on with this alone. */
    entered = '';
    found = null;
    receipt = null;
    confirmProblem = null;
    _focusOn = null;

    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }
    /** Does one thing with the backend; what it refuses is said at `place`, which gets the focus. */
    async attempt(work, place, focusOn) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null, confirmProblem: null });
        try {
            await work();
        } catch (error) {
            Object.assign(this, { [place]: error.items?.[0]?.message ?? error.message, _focusOn: focusOn });
        } finally {
            this.isBusy = false;
        }
    }

    get lookText() {
        return this.isBusy && !this.found ? labels.looking : labels.look;
    }
    get invalid() {
        return this.problem ? 'true' : 'false';
    }
    get about() {
        if (!this.found.count) return format(labels.nothing, this.entered);
        const { is_person: isPerson, name } = this.found;
        return format(isPerson ? labels.aboutPerson : labels.aboutRecord, name ?? this.entered);
    }
    get sum() {
        return sumOf(this.found.count, labels.sum, labels.sumOne);
    }
    get rows() {
        return rowsOf((this.receipt ?? this.found).places);
    }
    get hasRows() {
        return this.rows.length > 0;
    }
    get facts() {
        return factsOf(this.found);
    }
    get confirmLabel() {
        return format(labels.confirmLabel, this.entered);
    }
    get receiptLines() {
        return receiptOf(this.receipt);
    }

    handleLook(event) {
        event.preventDefault();
        const entered = this.template.querySelector('[data-what]').value.trim();
        this.found = null;
        if (!entered) {
            Object.assign(this, { problem: labels.missing, _focusOn: '[data-what]' });
            return;
        }
        const look = async () => {
            const found = await previewForget(subjectOf(entered));
            Object.assign(this, { entered, found, _focusOn: '[data-found]' });
        };
        this.attempt(look, 'problem', '[data-what]');
    }
    handleConfirm({ detail: { typed } }) {
        if (!isSame(typed, this.entered)) {
            Object.assign(this, { confirmProblem: format(labels.mismatch, this.entered), _focusOn: '[data-ask]' });
            return;
        }
        const forget = async () => {
            const { places, left } = await forgetForGood(subjectOf(this.entered), typed);
            this.receipt = { places, left, what: this.entered, at: momentOf(new Date()) };
            this._focusOn = '[data-receipt]';
            this.dispatchEvent(new CustomEvent('announce', { detail: { text: this.receiptLines[0].text } }));
        };
        this.attempt(forget, 'confirmProblem', '[data-ask]');
    }
    handleCancel() {
        Object.assign(this, { found: null, confirmProblem: null, _focusOn: '[data-what]' });
    }
    handleSave() {
        const counts = this.rows.map(({ title, count }) => `${title}: ${count}`);
        saveFile('accord-receipt.txt', [...this.receiptLines.map(({ text }) => text), '', ...counts, ''].join('\n'));
    }
    handleAgain() {
        Object.assign(this, { found: null, receipt: null, entered: '', _focusOn: '[data-what]' });
    }
}
