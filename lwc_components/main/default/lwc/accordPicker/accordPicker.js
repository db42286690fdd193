import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { pickerLabels as labels } from 'c/accordSettingsLabels';
import { fitting, grouped } from './options';

/**
 * A list to choose from by typing a part of a name: nobody types an API name. What cannot be chosen stands at the end with its reason.
 * Event: choose, with the value.
 */
export default class AccordPicker extends LightningElement {
    @api label;
    @api placeholder;
    /** [{value, label, detail, group, reason}]: one with a reason cannot be chosen. */
    @api options = [];
    @api value = null;
    @api disabled = false;
    @api error = null;
    @api hint = null;
    isOpen = false;
    query = null;
    active = -1;

    renderedCallback() {
        const option = this.isOpen && this.template.querySelector(`[data-index="${this.active}"]`);
        if (option) option.scrollIntoView?.({ block: 'nearest' });
    }

    @api focus() {
        this.entry.focus();
    }
    get entry() {
        return this.template.querySelector('[data-entry]');
    }
    get text() {
        return this.query ?? this.options.find(({ value }) => value === this.value)?.label ?? '';
    }
    get found() {
        return fitting(this.options, this.query);
    }
    get groups() {
        return this.isOpen ? grouped(this.found.shown, { active: this.active, value: this.value, unfit: labels.unfit }) : [];
    }
    get note() {
        const { shown, more } = this.found;
        if (!shown.length) return labels.nothing;
        return more ? format(labels.more, more) : null;
    }
    get isClosed() {
        return !this.isOpen;
    }
    get expanded() {
        return String(this.isOpen);
    }
    get activeId() {
        return this.isOpen && this.active >= 0 ? `option-${this.active}` : null;
    }
    get help() {
        return this.error ?? this.hint ?? labels.help;
    }
    get helpLook() {
        return this.error ? 'slds-form-element__help' : 'slds-assistive-text';
    }
    get formLook() {
        return `slds-form-element${this.error ? ' slds-has-error' : ''}`;
    }
    get invalid() {
        return String(Boolean(this.error));
    }

    handleOpen() {
        if (this.isOpen || this.disabled) return;
        this.isOpen = true;
        this.active = this.found.shown.findIndex(({ value }) => value === this.value);
    }
    close() {
        Object.assign(this, { isOpen: false, query: null, active: -1 });
        // what was typed and led to nothing gives way to what is chosen
        this.entry.value = this.text;
    }
    handleBlur() {
        if (this.isOpen || this.query !== null) this.close();
    }
    handleInput({ target }) {
        Object.assign(this, { query: target.value, isOpen: true, active: -1 });
        if (target.value && this.found.shown.length) this.active = 0;
    }

    handleKeydown(event) {
        const { key, altKey } = event;
        if (key === 'Escape' && this.isOpen) this.close();
        else if (key === 'Enter' && this.isOpen) this.choose(this.found.shown[this.active]);
        else if ((key === 'ArrowDown' || key === 'ArrowUp') && !this.isOpen) this.handleOpen();
        else if (key === 'ArrowDown' && !altKey) this.step(1);
        else if (key === 'ArrowUp' && !altKey) this.step(-1);
        else return;
        event.preventDefault();
        event.stopPropagation();
    }
    step(by) {
        const count = this.found.shown.length;
        if (count) this.active = (this.active + by + (by < 0 && this.active < 0 ? 1 : 0) + count) % count;
    }
    handlePress(event) {
        // the entry keeps the focus
        event.preventDefault();
        this.choose(this.found.shown[Number(event.currentTarget.dataset.index)]);
    }
    choose(option) {
        if (!option || option.reason) return;
        this.close();
        this.dispatchEvent(new CustomEvent('choose', { detail: { value: option.value } }));
    }
}
