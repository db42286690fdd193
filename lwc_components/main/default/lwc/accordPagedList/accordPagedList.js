import { LightningElement } from 'lwc';

/**
 * What every list has that is read page by page: it loads the first page, goes on with more, and loads again after a failure.
 * A list extends it and sets `pageAfter`: (after) => Promise of {rows, next}, where `after` is the `next` of the page before, or null.
 */
export default class AccordPagedList extends LightningElement {
    pageAfter = null;
    failure = null;
    rows = null;
    next = null;
    /** Why what was pressed at a row did not happen. */
    problem = null;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            const { rows, next } = await this.pageAfter(this.next);
            Object.assign(this, { rows: [...(this.rows ?? []), ...rows], next });
        } catch (error) {
            this.failure = error;
        }
    }
    handleRetry() {
        this.failure = null;
        this.load();
    }
    handleMore() {
        this.load();
    }
    get isBlank() {
        return !this.rows || Boolean(this.failure);
    }
    get isEmpty() {
        return !this.rows.length;
    }

    /** Does what was pressed; the rows that `isSettled` names leave the list, `text` is announced, and the heading has the focus. */
    async settle(attempt, isSettled, text) {
        this.problem = null;
        try {
            await attempt();
            this.rows = this.rows.filter((row) => !isSettled(row));
            this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
            this.template.querySelector('[data-heading]').focus();
        } catch (error) {
            this.problem = error.message;
        }
    }
}
