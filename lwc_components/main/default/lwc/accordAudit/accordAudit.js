import { LightningElement } from 'lwc';
import { saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { auditFile, auditKinds, auditLines, putBack } from 'c/accordSettingsApi';
import { auditLabels as labels } from 'c/accordSettingsLabels';

/** Who changed what: filters, pages, a file for a spreadsheet, and putting a setting back from its line. Event: announce. */
export default class AccordAudit extends LightningElement {
    labels = labels;
    failure = null;
    kinds = [];
    lines = null;
    nextBefore = null;
    wanted = {};
    /** The people of the lines that were shown so far: id -> name. */
    people = {};
    problem = null;
    isBusy = false;
    isSaving = false;
    /** The line that is about to be put back. */
    asked = null;
    _focusOn = null;

    connectedCallback() {
        this.start();
    }
    renderedCallback() {
        const focus = this._focusOn;
        this._focusOn = null;
        if (focus) Promise.resolve().then(focus);
    }
    focusLater(selector) {
        this._focusOn = () => this.template.querySelector(selector)?.focus();
    }
    announce(text) {
        this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
    }

    async start() {
        this.failure = null;
        try {
            this.kinds = await auditKinds();
            await this.load();
        } catch (error) {
            this.failure = error;
        }
    }
    /** The newest lines that are wanted; what was asked before and comes later is not shown. */
    async load() {
        const { wanted } = this;
        const page = await auditLines(wanted);
        if (wanted === this.wanted) this.show(page.lines, page);
    }
    show(lines, page) {
        const found = page.lines.filter(({ by, member_id: id }) => by && id).map(({ by, member_id: id }) => [id, by]);
        Object.assign(this, { lines, nextBefore: page.next_before, people: { ...this.people, ...Object.fromEntries(found) } });
    }
    async attempt(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
        } catch (error) {
            this.problem = error.message;
            this.focusLater('[data-problem]');
        } finally {
            this.isBusy = false;
        }
    }

    get isBlank() {
        return !this.lines || Boolean(this.failure);
    }
    get hasLines() {
        return this.lines.length > 0;
    }
    get count() {
        const { length } = this.lines;
        if (!length) return Object.keys(this.wanted).length ? labels.noneFound : labels.none;
        if (this.nextBefore) return format(labels.countMore, length);
        return length === 1 ? labels.countOne : format(labels.count, length);
    }
    get kindOptions() {
        return this.kinds.map(({ kind, title }) => ({ value: kind, label: title }));
    }
    get personOptions() {
        const options = Object.entries(this.people).map(([value, label]) => ({ value, label }));
        return options.sort((one, other) => one.label.localeCompare(other.label));
    }
    get olderText() {
        return this.isBusy ? labels.loadingOlder : labels.older;
    }
    get csvText() {
        return this.isSaving ? labels.csvMaking : labels.csv;
    }
    get ask() {
        return format(labels.ask, this.asked.title, momentOf(this.asked.at));
    }
    get confirmText() {
        return this.isBusy ? labels.working : labels.confirm;
    }

    handleFilter(event) {
        event.preventDefault();
        const valueOf = (name) => this.template.querySelector(`[data-${name}]`).value.trim();
        const given = { kind: valueOf('kind'), member_id: valueOf('person'), subject: valueOf('record') };
        this.wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
        this.asked = null;
        this.attempt(() => this.load());
    }
    handleOlder() {
        this.attempt(async () => {
            const { wanted } = this;
            const page = await auditLines({ ...wanted, before: this.nextBefore });
            const first = page.lines[0]?.id;
            this.show([...this.lines, ...page.lines], page);
            if (first) this._focusOn = () => this.template.querySelector('c-accord-audit-table').focusLine(first);
        });
    }
    async handleCsv() {
        this.isSaving = true;
        await this.attempt(async () => {
            saveFile('accord-audit.csv', await auditFile(this.wanted));
            this.announce(labels.csvDone);
        });
        this.isSaving = false;
    }

    handlePutBack({ detail }) {
        Object.assign(this, { asked: this.lines.find(({ id }) => id === detail.id), problem: null });
        this.focusLater('[data-ask-title]');
    }
    handleCancel() {
        const { id } = this.asked;
        Object.assign(this, { asked: null, problem: null });
        this._focusOn = () => this.template.querySelector('c-accord-audit-table').focusLine(id);
    }
    handleConfirm() {
        this.attempt(async () => {
            const line = await putBack(this.asked.id);
            this.asked = null;
            this.announce(format(labels.done, line.title));
            this.focusLater('[data-count]');
            await this.load();
        });
    }
}
