import { LightningElement, api } from 'lwc';
import labels from 'c/accordLabels';
import { isConflict } from 'c/accordEdits';
import { chosenOf, sameValue } from 'c/accordValues';
import {
    choicesOf,
    counterOf,
    currencyNoteOf,
    cutHintOf,
    enteredIn,
    kindOf,
    numberFacts,
    numberProblem,
    picklistFacts,
    placeOf,
    putInto,
    reasonOf,
    textOf
} from './facts';

const ARROWS = new Set(['ArrowUp', 'ArrowDown']);

/** One row as an editor of its type, or as text with the reason why it cannot be edited. Events: edit, revert, keepmine, taketheirs, openplace. */
export default class AccordField extends LightningElement {
    @api row;
    /** What Salesforce said about this field at the last save. */
    @api error;
    /** A remark that is no error, such as a value that Salesforce left as it was. */
    @api note;
    /** explain(key) says why the field has its value; without it that is not offered. */
    @api explain;

    labels = labels;
    valueText = (value) => textOf(this.row, value);
    shown = null;
    cutHint = null;
    _draft;
    _typed;
    _pasted = null;
    _isPushed = false;
    _shownError;

    /** The unsaved value of this row, undefined when there is none. */
    @api
    get draft() {
        return this._draft;
    }
    set draft(draft) {
        this._draft = draft;
        // what was just typed is not written back: that would wipe a date which is still being typed
        this._isPushed = !draft || draft.value !== this._typed;
        if (draft) this._typed = draft.value;
        else this.cutHint = null;
    }

    connectedCallback() {
        this.shown = this.current;
    }

    renderedCallback() {
        if (!this.editor) return;
        // in the capture phase, which a template cannot ask for; the same function is only added once
        this.refs.box.addEventListener('keydown', this.keepArrowsAway, true);
        if (this.isOutdated()) {
            this.shown = this.current;
            putInto(this.editor, this.row, this.current);
        }
        this._isPushed = false;
        if (this._shownError !== this.error) {
            this._shownError = this.error;
            this.complain(this.error ?? '');
        }
    }

    /** Whether the editor shows something else than draft and row say. An amount that is typed back, with or without its
     * last zeros, is not: writing it again would move the cursor under the typing person. */
    isOutdated() {
        if (!this._draft && this.shown !== this.current) return true;
        return this._isPushed && (this._draft !== undefined || !sameValue(this.row.type, this._typed, this.current));
    }

    get editor() {
        return this.template.querySelector('[data-editor]');
    }
    get current() {
        return (this._draft ? this._draft.value : this.row.value) ?? '';
    }
    /** {readOnly: true} or {date: true} and so on, for the template. */
    get is() {
        return { [kindOf(this.row)]: true };
    }
    get isDirty() {
        return this._draft !== undefined;
    }
    get isStale() {
        return isConflict(this._draft);
    }
    get boxClass() {
        const marks = { box_edited: this.isDirty, box_stale: this.isStale, box_wrong: Boolean(this.error) };
        return ['box', ...Object.keys(marks).filter((mark) => marks[mark])].join(' ');
    }
    get number() {
        return numberFacts(this.row);
    }
    get picklist() {
        return picklistFacts(this.row);
    }
    get chosen() {
        return chosenOf(this.current);
    }
    get choices() {
        return choicesOf(this.row, this.chosen);
    }
    get isChecked() {
        return this.current === 'true';
    }
    get reason() {
        return reasonOf(this.row);
    }
    get place() {
        return placeOf(this.row);
    }
    get shownText() {
        return textOf(this.row, this.row.value);
    }
    /** Both in the currency that the record has by now: so what was typed would be saved. */
    get asTheirs() {
        return { ...this.row, currency: this._draft.theirs_currency };
    }
    get yoursText() {
        return textOf(this.asTheirs, this._draft.value);
    }
    get theirsText() {
        return textOf(this.asTheirs, this._draft.theirs);
    }
    get currencyNote() {
        return currencyNoteOf(this._draft);
    }
    get counter() {
        return counterOf(this.row, this._draft?.value);
    }

    /** Marks what is wrong with the present entry; true when it may be sent. */
    @api validate() {
        return this.editor ? this.complain(numberProblem(this.row, this.current)) : true;
    }
    /** Shows the present value again, whatever half-typed text stands there. */
    @api reset() {
        if (!this.editor) return;
        putInto(this.editor, this.row, this.current);
        this.complain('');
    }
    @api focus() {
        (this.template.querySelector('c-accord-conflict') ?? this.editor)?.focus();
    }

    /** A date only tells its value when it loses the focus: this makes it tell now. */
    @api commit() {
        if (!this.is.date) return;
        this.editor.blur();
        this.editor.focus();
    }

    complain(message) {
        this.editor.setCustomValidity(message);
        return this.editor.reportValidity();
    }

    handleChange(event) {
        event.stopPropagation();
        this._typed = enteredIn(this.row, event.detail);
        if (this._shownError) {
            this._shownError = undefined;
            this.complain('');
        }
        this.cutHint = cutHintOf(this.row, this._pasted, this._typed);
        this._pasted = null;
        this.tell('edit', { value: this._typed });
    }
    /** The editor cuts what is too long without a word. */
    handlePaste(event) {
        this._pasted = event.clipboardData?.getData('text/plain') ?? null;
    }

    /** The arrow keys of the base component count amounts up and down in binary fractions. */
    keepArrowsAway = (event) => {
        if (!this.is.number || !ARROWS.has(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
    };

    /** An open list or calendar takes Escape for itself; it only comes here when there is none. */
    handleKeydown(event) {
        if (event.key !== 'Escape' || !this.isDirty) return;
        event.preventDefault();
        event.stopPropagation();
        this.tell('revert');
    }

    handleOpenPlace() {
        this.tell('openplace', { place: this.place });
    }
    handleKeepMine() {
        this.tell('keepmine');
    }
    handleTakeTheirs() {
        this.tell('taketheirs');
    }

    tell(name, detail = {}) {
        // it bubbles, so that whoever shows many fields listens in one place
        this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { key: this.row.key, ...detail } }));
    }
}
