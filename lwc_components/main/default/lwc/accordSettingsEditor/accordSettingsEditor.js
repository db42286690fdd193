import { LightningElement, api } from 'lwc';
import { changesOf } from './changes';

const UNTOUCHED = { problem: null, errors: new Map(), meanwhile: null };

/**
 * What every page has that changes settings as a whole: it loads them, keeps what is typed, saves it with the version that was changed,
 * and when somebody else was first it tells what he has changed and loses nothing. A page extends it and sets `rules`:
 *   source {load, save} of c/accordSettingsApi, draftOf(answer), settingsOf(draft): what is sent,
 *   placed(draft, place): what an error at a place of the sent settings belongs to (left out: the place itself),
 *   factsOf(draft): Map of key -> {name, text, is} (see changes.js), mergeOf(base, mine, theirs): my draft with their changes.
 */
export default class AccordSettingsEditor extends LightningElement {
    failure = null;
    answer = null;
    version = null;
    base = null;
    draft = null;
    isSaving = false;
    isSaved = false;
    problem = null;
    /** place -> message, of what was refused. */
    errors = UNTOUCHED.errors;
    meanwhile = null;
    rules = null;
    _afterRender = null;

    connectedCallback() {
        this.load();
    }
    renderedCallback() {
        const next = this._afterRender;
        this._afterRender = null;
        // children that were told something by this rendering follow in the same turn
        if (next) Promise.resolve().then(() => next()?.focus());
    }
    /** Moves the focus after the next rendering, when the target is there: a function that answers with an element or nothing. */
    focusLater(target) {
        this._afterRender = target;
    }
    announce(text) {
        this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
    }

    get isBlank() {
        return !this.draft;
    }
    get isDirty() {
        const sent = (draft) => JSON.stringify(this.rules.settingsOf(draft));
        return Boolean(this.draft) && sent(this.draft) !== sent(this.base);
    }
    @api get hasUnsaved() {
        return this.isDirty;
    }

    async load() {
        try {
            this.accept(await this.rules.source.load());
        } catch (error) {
            this.failure = error;
        }
    }
    handleRetry() {
        this.failure = null;
        this.load();
    }
    accept({ answer, version }) {
        const draft = this.rules.draftOf(answer);
        Object.assign(this, UNTOUCHED, { answer, version, base: draft, draft });
    }
    /** Takes over what somebody has changed on the page. */
    change(draft) {
        Object.assign(this, { draft, isSaved: false });
    }
    handleDiscard() {
        Object.assign(this, UNTOUCHED, { draft: this.base });
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }

    async handleSave() {
        if (this.isSaving) return;
        Object.assign(this, { isSaving: true, isSaved: false, problem: null });
        try {
            this.accept(await this.rules.source.save(this.rules.settingsOf(this.draft), this.version));
            this.isSaved = true;
            this.focusLater(() => this.template.querySelector('[data-first]'));
        } catch (error) {
            await this.refuse(error);
        } finally {
            this.isSaving = false;
        }
    }
    async refuse(error) {
        this.problem = error.message;
        const { placed = (_draft, place) => place } = this.rules;
        this.errors = new Map((error.items ?? []).map((item) => [placed(this.draft, item.key ?? item.field), item.message]));
        if (error.code === 'CHANGED_MEANWHILE') await this.lookAtTheirs(error.message);
        else this.focusLater(() => this.problemElement());
    }
    /** The first place on the page that says what is wrong. */
    problemElement() {
        return this.template.querySelector('[data-problem-at]');
    }
    async lookAtTheirs(message) {
        try {
            const { answer, version } = await this.rules.source.load();
            const theirs = this.rules.draftOf(answer);
            const [before, mine, after] = [this.base, this.draft, theirs].map((draft) => this.rules.factsOf(draft));
            this.problem = null;
            this.meanwhile = { message, changes: changesOf(before, mine, after), theirs: { answer, version } };
            this.focusLater(() => this.template.querySelector('c-accord-meanwhile'));
        } catch (error) {
            this.problem = error.message;
        }
    }
    /** Their changes come to mine; what both have changed stays mine. Nothing is saved by it. */
    handleMerge() {
        const { theirs } = this.meanwhile;
        const draft = this.rules.mergeOf(this.base, this.draft, this.rules.draftOf(theirs.answer));
        this.accept(theirs);
        this.draft = draft;
        this.focusLater(() => this.template.querySelector('c-accord-save-bar'));
    }
    handleTheirs() {
        this.accept(this.meanwhile.theirs);
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }
}
