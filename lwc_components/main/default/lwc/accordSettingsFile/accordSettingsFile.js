import { LightningElement } from 'lwc';
import { saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { applySettingsFile, checkSettingsFile, settingsFile } from 'c/accordSettingsApi';
import { fileLabels as labels } from 'c/accordSettingsLabels';

const MOST_BYTES = 1_000_000;
const wordOf = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** Settings as a file: of this org, and of another one, compared with this org and taken over. Event: announce. */
export default class AccordSettingsFile extends LightningElement {
    labels = labels;
    isBusy = false;
    problem = null;
    saved = null;
    applied = null;
    /** The file that was chosen, and what its check has found. */
    file = null;
    found = null;
    _focusOn = null;

    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }
    announce(text) {
        this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
    }
    async attempt(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null, saved: null, applied: null });
        try {
            await work();
        } catch (error) {
            Object.assign(this, { problem: { message: error.message, lacks: this.lacksOf(error) }, _focusOn: '[data-problem]' });
        } finally {
            this.isBusy = false;
        }
    }
    lacksOf({ items }) {
        return (items ?? []).map(({ message }, place) => ({ key: place, message }));
    }

    get saveText() {
        return this.isBusy ? labels.working : labels.save;
    }
    get applyText() {
        return this.isBusy ? labels.working : labels.apply;
    }
    get isChecking() {
        return this.isBusy && Boolean(this.file) && !this.found;
    }
    get origin() {
        const { org, made_at: madeAt } = this.file;
        if (!org?.name) return null;
        return madeAt ? format(labels.orgAt, org.name, momentOf(madeAt)) : format(labels.org, org.name);
    }

    handleSave() {
        this.attempt(async () => {
            const file = await settingsFile();
            const name = `accord-settings-${wordOf(file.org.name)}.json`;
            saveFile(name, JSON.stringify(file, null, 2));
            this.saved = format(labels.saved, name);
        });
    }
    handleChoose({ target }) {
        const [chosen] = target.files;
        Object.assign(this, { file: null, found: null });
        if (!chosen) return;
        this.attempt(async () => {
            this.file = await this.read(chosen);
            await this.check();
        });
    }
    /** The JSON of a file; throws when it is none. */
    async read(chosen) {
        if (chosen.size > MOST_BYTES) throw new Error(labels.tooLarge);
        const text = await chosen.text();
        try {
            return JSON.parse(text);
        } catch {
            throw new Error(labels.notJson);
        }
    }
    async check() {
        this.found = null;
        this.found = await checkSettingsFile(this.file);
        this._focusOn = '[data-found]';
    }
    handleCheck() {
        this.attempt(() => this.check());
    }
    handleApply() {
        this.attempt(async () => {
            const { differences, ticket } = this.found;
            const kinds = await applySettingsFile(this.file, ticket);
            const titles = differences.filter(({ kind }) => kinds.includes(kind)).map(({ title }) => title);
            const text = format(labels.applied, titles.join(', '));
            Object.assign(this, { file: null, found: null, applied: text, _focusOn: '[data-applied]' });
            this.template.querySelector('[data-choose]').value = '';
            this.announce(text);
        });
    }
}
