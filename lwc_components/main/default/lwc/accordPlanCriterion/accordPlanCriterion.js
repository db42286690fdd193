import { LightningElement, api } from 'lwc';
import { valueText } from 'c/accordCriterionText';
import { forgive, keepFocus } from 'c/accordForms';
import texts, { criterionLabels as labels, format } from 'c/accordLabels';
import { stepsOf } from 'c/accordPlanText';
import { spoken } from 'c/accordValueText';

const NONE = '';
const OTHER = 'other';
const NOTHING = { step_id: null, text: null, is_checked: false, about_id: null };
const byLabel = (one, other) => one.label.localeCompare(other.label);

/** One execution criterion of a plan: whether it is fulfilled, by what, and a form for its kind. Event: said, with a text. */
export default class AccordPlanCriterion extends LightningElement {
    @api criterion;
    /** The whole plan: its steps, people and resources may be chosen. */
    @api plan;
    /** The Salesforce values that its texts name, as rows of the panel. */
    @api variables = [];
    @api readOnly = false;
    /** set(criterion, value) is done when nothing is left to be said here; throws what is to be said. */
    @api set;

    keepFocus = keepFocus;
    labels = { ...texts, ...labels };
    isEditing = false;
    isBusy = false;
    error = null;
    /** What is chosen of a list while it is edited: an id, NONE or OTHER. */
    chosen = NONE;
    _typed = null;
    _focusNext = null;

    @api get hasTyped() {
        return this.isEditing && this._typed !== null;
    }
    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    get isCheckbox() {
        return this.criterion.kind === 'checkbox';
    }
    get icon() {
        return this.criterion.is_fulfilled ? 'utility:check' : 'utility:routing_offline';
    }
    get standing() {
        return this.criterion.is_fulfilled ? labels.fulfilled : labels.open;
    }
    get text() {
        return valueText(this.criterion, this.plan);
    }
    get link() {
        return this.criterion.kind === 'resource' ? this.criterion.text : null;
    }
    get isMissing() {
        return this.criterion.is_required && !this.criterion.is_fulfilled;
    }
    get canEdit() {
        return !this.readOnly && !this.isCheckbox && !this.isEditing;
    }
    get isEmpty() {
        return !this.criterion.step_id && !this.criterion.text;
    }
    get editText() {
        return this.isEmpty ? labels.set : labels.change;
    }
    get editLabel() {
        return format(this.isEmpty ? labels.setOf : labels.changeOf, this.criterion.title);
    }
    get ariaBusy() {
        return String(this.isBusy);
    }
    get saveLabel() {
        return this.isBusy ? labels.saving : labels.save;
    }
    get errorText() {
        if (!this.error) return null;
        const messages = (this.error.items ?? []).map(({ message }) => message).filter(Boolean);
        return messages.length ? messages.join(' ') : this.error.message;
    }

    spoken(text) {
        return spoken(text, this.variables);
    }
    /** What can be chosen for this kind: [{value, label}]; nothing for a text. */
    get options() {
        const { kind } = this.criterion;
        const none = { value: NONE, label: labels.none };
        if (kind === 'step') return [none, ...stepsOf(this.plan).map(({ id, title }) => ({ value: id, label: this.spoken(title) }))];
        if (kind === 'role') return [none, ...this.people, { value: OTHER, label: labels.otherPerson }];
        const resources = this.plan.resources.map(({ id, title }) => ({ value: id, label: this.spoken(title) }));
        return [none, ...resources.sort(byLabel), { value: OTHER, label: labels.otherLink }];
    }
    get people() {
        const { members, stakeholders } = this.plan;
        return [...members, ...stakeholders].map(({ id, name, email }) => ({ value: id, label: name || email })).sort(byLabel);
    }
    get hasList() {
        return this.criterion.kind !== 'text';
    }
    get listLabel() {
        return { step: labels.step, role: labels.person, resource: labels.resource }[this.criterion.kind];
    }
    get isTyped() {
        return !this.hasList || this.chosen === OTHER;
    }
    get isLong() {
        return this.criterion.kind === 'text';
    }
    get typedLabel() {
        return { role: labels.personName, resource: labels.link }[this.criterion.kind] ?? labels.text;
    }
    get typed() {
        return this._typed ?? (this.criterion.about_id ? '' : (this.criterion.text ?? ''));
    }

    handleEdit() {
        const { step_id: step, about_id: about, text } = this.criterion;
        const chosen = step ?? about ?? (text ? OTHER : NONE);
        Object.assign(this, { isEditing: true, error: null, chosen, _typed: null, _focusNext: '[data-field]' });
    }
    closeForm() {
        Object.assign(this, { isEditing: false, error: null, _typed: null, _focusNext: '[data-edit]' });
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || this.hasTyped || this.isBusy) return;
        event.preventDefault();
        event.stopPropagation();
        this.closeForm();
    }
    handleChoice(event) {
        event.stopPropagation();
        Object.assign(this, { chosen: event.detail.value, error: null });
    }
    handleEntry(event) {
        event.stopPropagation();
        forgive(event.target);
        Object.assign(this, { _typed: event.target.value, error: null });
    }
    async handleCheck({ target }) {
        const isChecked = target.checked;
        if (this.readOnly || this.isBusy) {
            target.checked = this.criterion.is_checked;
            return;
        }
        if (!(await this.send({ ...NOTHING, is_checked: isChecked }))) target.checked = this.criterion.is_checked;
    }
    async handleSubmit(event) {
        event.preventDefault();
        if (this.isBusy) return;
        if (await this.send(this.value)) this.closeForm();
    }
    get value() {
        const { kind } = this.criterion;
        if (this.isTyped) return { ...NOTHING, text: this.typed.trim() || null };
        const chosen = this.chosen === NONE ? null : this.chosen;
        return kind === 'step' ? { ...NOTHING, step_id: chosen } : { ...NOTHING, about_id: chosen };
    }
    /** True when it is done; else it is said at the entry. */
    async send(value) {
        Object.assign(this, { isBusy: true, error: null });
        try {
            await this.set(this.criterion, value);
            return true;
        } catch (error) {
            this.error = error;
            this._focusNext = this.isTyped ? '[data-field="text"]' : '[data-field]';
            return false;
        } finally {
            this.isBusy = false;
        }
    }
}
