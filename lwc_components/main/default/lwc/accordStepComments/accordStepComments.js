import { LightningElement, api } from 'lwc';
import texts, { format, planLabels } from 'c/accordLabels';
import { newKey } from 'c/accordPlanApi';
import { momentOf } from 'c/accordMoments';

const MOST_CHARACTERS = 4000;

const shown = (comment) => ({
    id: comment.id,
    text: comment.text,
    by: format(
        comment.by_customer ? planLabels.commentByCustomer : planLabels.commentBy,
        comment.author_name,
        momentOf(comment.written_at)
    ),
    mark: comment.is_internal ? planLabels.internal : planLabels.commentSeen
});

/** What was written about a step, and a field to write more. What is typed stays when it could not be saved. Event: said, with a text. */
export default class AccordStepComments extends LightningElement {
    @api step;
    /** The Salesforce values that comments name, as rows of the panel. */
    @api variables = [];
    /** Nothing can be written. */
    @api readOnly = false;
    /** Customers do not see the step, so they see no comment on it. */
    @api isInternal = false;
    /** {comments(step, after), comment(step, {text, is_internal}, key)}: functions that answer as the API does. */
    @api ways;

    labels = { ...texts, ...planLabels };
    most = MOST_CHARACTERS;
    comments = null;
    next = null;
    failure = null;
    error = null;
    isBusy = false;
    typed = '';
    isVisible = false;
    _key = null;

    /** Whether leaving would lose something. */
    @api get hasTyped() {
        return this.typed.trim() !== '';
    }

    connectedCallback() {
        this.load();
    }

    get isLoading() {
        return this.comments === null && !this.failure;
    }
    get isNone() {
        return this.comments?.length === 0;
    }
    get isOnlyForUs() {
        return !this.isVisible;
    }
    get canWrite() {
        return !this.readOnly;
    }
    get canChoose() {
        return !this.isInternal;
    }
    get sendLabel() {
        return this.isBusy ? this.labels.saving : this.labels.commentSend;
    }
    get ariaBusy() {
        return String(this.isBusy);
    }
    get editor() {
        return this.template.querySelector('[data-text]');
    }

    async load() {
        this.failure = null;
        try {
            const { comments, next } = await this.ways.comments(this.step, this.next);
            const known = this.comments ?? [];
            const fresh = comments.filter(({ id }) => known.every((one) => one.id !== id)).map(shown);
            Object.assign(this, { comments: [...known, ...fresh], next });
        } catch (error) {
            this.failure = error.message;
        }
    }
    handleMore() {
        this.load();
    }

    handleEntry(event) {
        event.stopPropagation();
        this.typed = event.detail.value ?? '';
        this.editor.setCustomValidity('');
    }
    handleAudience({ target }) {
        this.isVisible = target.value === 'visible';
    }
    handleKeydown(event) {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
        event.preventDefault();
        event.stopPropagation();
        this.send();
    }
    handleSubmit(event) {
        event.preventDefault();
        this.send();
    }
    async send() {
        if (this.isBusy) return;
        if (!this.hasTyped) {
            this.editor.reportValidity();
            this.editor.focus();
            return;
        }
        this._key ??= newKey();
        Object.assign(this, { isBusy: true, error: null });
        try {
            const wish = { text: this.typed.trim(), is_internal: this.isInternal || !this.isVisible };
            const saved = await this.ways.comment(this.step, wish, this._key);
            this.comments = [...(this.comments ?? []), shown(saved)];
            Object.assign(this, { typed: '', _key: null });
            this.editor.focus();
            this.dispatchEvent(new CustomEvent('said', { detail: this.labels.commentSaved }));
        } catch (error) {
            this.error = error.items?.[0]?.message ?? error.message;
        } finally {
            this.isBusy = false;
        }
    }
}
