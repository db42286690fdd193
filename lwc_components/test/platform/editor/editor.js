import { LightningElement, api } from 'lwc';

/** Stands in for lightning-input, -combobox, -checkbox-group and -textarea: keeps a custom message and shows it, as they do. */
export default class Editor extends LightningElement {
    @api autocomplete;
    @api checked;
    @api disabled;
    @api formatter;
    @api label;
    @api max;
    @api maxLength;
    @api messageWhenRangeUnderflow;
    @api messageWhenStepMismatch;
    @api min;
    @api name;
    @api options;
    @api placeholder;
    @api required;
    @api step;
    @api type;
    @api value;
    _message = '';
    _shownMessage = '';

    @api get shownMessage() {
        return this._shownMessage;
    }

    @api setCustomValidity(message) {
        this._message = message;
    }
    get _problem() {
        return this._message || (this.required && !this.value ? 'Complete this field.' : '');
    }
    @api checkValidity() {
        return !this._problem;
    }
    @api reportValidity() {
        this._shownMessage = this._problem;
        return !this._shownMessage;
    }
    @api focus() {
        this.template.querySelector('input').focus();
    }
    @api blur() {
        this.template.querySelector('input').blur();
    }
}
