import { LightningElement, api } from 'lwc';
import texts, { format, planLabels } from 'c/accordLabels';
import { momentDay } from 'c/accordMoments';
import { newKey } from 'c/accordPlanApi';

const ROLES = { customer: planLabels.roleCustomer, partner: planLabels.rolePartner };
const ROLE_OPTIONS = Object.entries(ROLES).map(([value, label]) => ({ value, label }));
const FIELDS = new Set(['name', 'email', 'role']);

/** How far somebody is: he has come, is invited, or only known. */
function standingOf({ invited_at: invited, accepted_at: accepted }) {
    if (accepted) return format(planLabels.personAccepted, momentDay(accepted));
    return invited ? format(planLabels.personInvited, momentDay(invited)) : planLabels.personAdded;
}

/** Who takes part in a plan and how far he is, and a form that invites somebody of the customer or of a partner. Event: said. */
export default class AccordPlanPeople extends LightningElement {
    @api members = [];
    /** Nobody can be invited. */
    @api readOnly = false;
    /** invite(person, key) is done when the new plan is shown, and throws what is to be said here. */
    @api invite;

    labels = { ...texts, ...planLabels };
    roles = ROLE_OPTIONS;
    role = 'customer';
    isOpen = false;
    isInviting = false;
    isBusy = false;
    error = null;
    _key = null;
    _focusNext = null;

    /** Whether leaving would lose something. */
    @api get hasTyped() {
        return this.isInviting && this.fields.some(({ dataset, value }) => dataset.field !== 'role' && String(value ?? '').trim() !== '');
    }

    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    get fields() {
        return [...this.template.querySelectorAll('[data-field]')];
    }
    get title() {
        return format(planLabels.people, this.members.length);
    }
    get expanded() {
        return String(this.isOpen);
    }
    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get people() {
        return this.members.map((member) => ({
            id: member.id,
            name: member.name || member.email,
            role: ROLES[member.role] ?? planLabels.roleOurs,
            standing: standingOf(member)
        }));
    }
    get canInvite() {
        return !this.readOnly && !this.isInviting;
    }
    get sendLabel() {
        return this.isBusy ? planLabels.inviting : planLabels.inviteDo;
    }
    get ariaBusy() {
        return String(this.isBusy);
    }
    /** Messages about no field of the form. */
    get errorText() {
        if (!this.error) return null;
        const { items = [], message } = this.error;
        const others = items.filter((item) => !FIELDS.has(item.field)).map((item) => item.message);
        return (items.length ? others.join(' ') : message) || null;
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }
    handleInvite() {
        Object.assign(this, { isInviting: true, error: null, role: 'customer', _key: null, _focusNext: '[data-field="name"]' });
    }
    closeForm() {
        Object.assign(this, { isInviting: false, error: null, _focusNext: '[data-invite]' });
    }
    /** Another wish has another key; what was said about an entry goes with the entry. */
    handleEntry(event) {
        event.stopPropagation();
        event.target.setCustomValidity('');
        if (event.target.dataset.field === 'role') this.role = event.detail.value;
        this._key = null;
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || this.hasTyped || this.isBusy) return;
        event.preventDefault();
        event.stopPropagation();
        this.closeForm();
    }

    handleSubmit(event) {
        event.preventDefault();
        if (this.isBusy) return;
        const [wrong] = this.fields.filter((field) => !field.reportValidity());
        if (wrong) wrong.focus();
        else this.send(Object.fromEntries(this.fields.map(({ dataset, value }) => [dataset.field, String(value ?? '').trim()])));
    }
    async send(person) {
        this._key ??= newKey();
        Object.assign(this, { isBusy: true, error: null });
        try {
            await this.invite({ ...person, role: this.role }, this._key);
            this.dispatchEvent(new CustomEvent('said', { detail: format(planLabels.isInvited, person.name || person.email) }));
            this.closeForm();
        } catch (error) {
            this.error = error;
            this.complain(error.items ?? []);
        } finally {
            this.isBusy = false;
        }
    }
    /** Each message at its field; the first of them gets the focus. */
    complain(items) {
        const messages = new Map(items.map((item) => [item.field, item.message]));
        const wrong = this.fields.filter((field) => messages.has(field.dataset.field));
        wrong.forEach((field) => {
            field.setCustomValidity(messages.get(field.dataset.field));
            field.reportValidity();
        });
        wrong[0]?.focus();
    }
}
