import { LightningElement } from 'lwc';
import { saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { writeLines, writesFile } from 'c/accordSettingsApi';
import { writesLabels as labels } from 'c/accordSettingsLabels';
import { shownWrite } from './rows';

const RECORD = /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/;

/** Everything that was written to the org or is about to be, newest first, of all records or of one. Event: announce. */
export default class AccordWrites extends LightningElement {
    labels = labels;
    failure = null;
    problem = null;
    lines = null;
    next = null;
    wanted = {};
    hasNoLogin = false;
    isWrong = false;
    isBusy = false;
    isSaving = false;

    connectedCallback() {
        this.load();
    }
    async load() {
        this.failure = null;
        const { wanted } = this;
        try {
            const page = await writeLines(wanted);
            if (wanted === this.wanted) this.show(page.lines, page);
        } catch (error) {
            if (wanted === this.wanted) this.failure = error;
        }
    }
    show(lines, page) {
        Object.assign(this, { lines, next: page.next_before, hasNoLogin: !page.has_login });
    }
    async attempt(work) {
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isBusy = false;
        }
    }

    get isBlank() {
        return !this.lines || Boolean(this.failure);
    }
    get rows() {
        return this.lines.map(shownWrite);
    }
    get count() {
        const { length } = this.lines;
        if (!length) return this.wanted.record ? labels.noneFound : labels.none;
        if (this.next) return format(labels.countMore, length);
        return length === 1 ? labels.countOne : format(labels.count, length);
    }
    get entryLook() {
        return `slds-form-element entry${this.isWrong ? ' slds-has-error' : ''}`;
    }
    get hint() {
        return this.isWrong ? labels.notAnId : labels.recordHint;
    }
    get hintLook() {
        return this.isWrong ? 'slds-form-element__help' : 'hint';
    }
    get olderText() {
        return this.isBusy ? labels.loadingOlder : labels.older;
    }
    get csvText() {
        return this.isSaving ? labels.csvMaking : labels.csv;
    }

    handleFind(event) {
        event.preventDefault();
        const entry = this.template.querySelector('[data-record]');
        const record = entry.value.trim();
        this.isWrong = Boolean(record) && !RECORD.test(record);
        if (this.isWrong) {
            entry.focus();
            return;
        }
        this.wanted = record ? { record } : {};
        this.attempt(async () => {
            const { wanted } = this;
            const page = await writeLines(wanted);
            // what was asked before and comes later is not shown
            if (wanted === this.wanted) this.show(page.lines, page);
        });
    }
    handleOlder() {
        this.attempt(async () => {
            const page = await writeLines({ ...this.wanted, before: this.next });
            this.show([...this.lines, ...page.lines], page);
        });
    }
    async handleCsv() {
        this.isSaving = true;
        await this.attempt(async () => {
            saveFile('accord-writes.csv', await writesFile(this.wanted));
            this.dispatchEvent(new CustomEvent('announce', { detail: { text: labels.csvDone } }));
        });
        this.isSaving = false;
    }
}
