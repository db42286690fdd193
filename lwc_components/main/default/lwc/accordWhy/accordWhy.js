import { LightningElement, api } from 'lwc';
import { format, whyLabels as labels } from 'c/accordLabels';
import { linesOf } from './lines';

/**
 * A button at a field, and behind it who or what wrote the field, when, by which rule and login, and why the last change was not
 * written (D6). Nothing is asked before it is opened.
 */
export default class AccordWhy extends LightningElement {
    /** What the field is called. */
    @api name;
    @api fieldKey;
    /** explain(key) answers as GET /api/v1/panels/{id}/why/{key} does. */
    @api explain;
    /** How a value is read; as it is, unless something else is given. */
    @api textOf = (value) => value;

    labels = labels;
    isOpen = false;
    failure = null;
    found = null;
    _asked = 0;
    _focusNext = null;

    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    get expanded() {
        return String(this.isOpen);
    }
    /** The words of the tooltip come first, so that the button can also be named by voice. */
    get heading() {
        return format(labels.of, this.name);
    }
    get isLoading() {
        return !this.found && !this.failure;
    }
    get ariaBusy() {
        return String(this.isLoading);
    }
    get shown() {
        return linesOf(this.found, this.textOf);
    }

    handleToggle() {
        if (this.isOpen) {
            this.close();
            return;
        }
        Object.assign(this, { isOpen: true, _focusNext: '[data-heading]' });
        this.look();
    }
    handleRetry() {
        this.template.querySelector('[data-heading]').focus();
        this.look();
    }
    async look() {
        Object.assign(this, { failure: null, found: null });
        this._asked += 1;
        const number = this._asked;
        const outcome = await this.explain(this.fieldKey).then(
            (found) => ({ found }),
            (error) => ({ failure: error.message })
        );
        // it may have been closed and opened again meanwhile
        if (number === this._asked) Object.assign(this, outcome);
    }

    close() {
        Object.assign(this, { isOpen: false, _focusNext: '[data-why]' });
    }
    handleClose() {
        this.close();
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || !this.isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        this.close();
    }
    /** Whoever goes on elsewhere has read it. A window that loses the focus is not left. */
    handleFocusOut({ relatedTarget }) {
        if (this.isOpen && relatedTarget && !this.template.contains(relatedTarget)) this.isOpen = false;
    }
}
