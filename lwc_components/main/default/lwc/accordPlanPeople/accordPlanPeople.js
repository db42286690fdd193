import { LightningElement, api } from 'lwc';
import texts, { format, partLabels, planLabels } from 'c/accordLabels';
import { complain, forgive, keepFocus, otherText } from 'c/accordForms';
import { momentDay } from 'c/accordMoments';
import { newKey } from 'c/accordPlanApi';

const ROLES = { customer: planLabels.roleCustomer, partner: planLabels.rolePartner };
const COLLEAGUE = 'colleague';
const ROLE_OPTIONS = [...Object.entries(ROLES), [COLLEAGUE, partLabels.colleague]].map(([value, label]) => ({ value, label }));
const FIELDS = ['name', 'email', 'role', 'member_id'];

/** How far somebody is: he has come, is invited, or only known. */
function standingOf({ invited_at: invited, accepted_at: accepted }) {
    if (accepted) return format(planLabels.personAccepted, momentDay(accepted));
    return invited ? format(planLabels.personInvited, momentDay(invited)) : planLabels.personAdded;
}

/** Who takes part in a plan and how far he is, and a form that invites somebody of the customer, of a partner or of ours. Event: said. */
export default class AccordPlanPeople extends LightningElement {
    @api members = [];
    /** Nobody can be invited. */
    @api readOnly = false;
    /** invite(person, key) is done when the new plan is shown, and throws what is to be said here. */
    @api invite;
    /** Like invite: remove(member); colleagues() answers with our own people who do not take part yet, {member_id, name, role}. */
    @api remove;
    @api colleagues;

    keepFocus = keepFocus;
    labels = { ...texts, ...planLabels, ...partLabels };
    roles = ROLE_OPTIONS;
    role = 'customer';
    isOpen = false;
    isInviting = false;
    isBusy = false;
    error = null;
    /** Our own people who may be invited; null while they are not read. */
    own = null;
    who = '';
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
        return this.members.map((member) => {
            const name = member.name || member.email;
            return {
                id: member.id,
                name,
                facts: [ROLES[member.role] ?? planLabels.roleOurs, standingOf(member)],
                question: format(partLabels.personRemoveAsk, name),
                remove: this.remove && !this.readOnly ? () => this.removeOne(member, name) : null
            };
        });
    }
    get isColleague() {
        return this.role === COLLEAGUE;
    }
    get isStranger() {
        return !this.isColleague;
    }
    get ownOptions() {
        return (this.own ?? []).map(({ member_id: value, name: label }) => ({ value, label }));
    }
    get isNoneLeft() {
        return this.own?.length === 0;
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
        return this.error && otherText(this.error, FIELDS);
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }
    handleInvite() {
        Object.assign(this, {
            isInviting: true,
            error: null,
            role: 'customer',
            _key: null,
            _focusNext: '[data-field="name"]'
        });
    }
    closeForm() {
        Object.assign(this, { isInviting: false, error: null, _focusNext: '[data-invite]' });
    }
    /** Another wish has another key; what was said about an entry goes with the entry. */
    handleEntry(event) {
        event.stopPropagation();
        forgive(event.target);
        const { field } = event.target.dataset;
        if (field === 'role') this.takeRole(event.detail.value);
        if (field === 'member_id') this.who = event.detail.value;
        this._key = null;
    }
    async takeRole(role) {
        Object.assign(this, { role, error: null });
        if (!this.isColleague || this.own) return;
        try {
            this.own = await this.colleagues();
        } catch (error) {
            this.error = error;
        }
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
        else if (this.isColleague) this.sendColleague();
        else this.send(Object.fromEntries(this.fields.map(({ dataset, value }) => [dataset.field, String(value ?? '').trim()])));
    }
    sendColleague() {
        const found = this.own?.find((one) => one.member_id === this.who);
        if (found) this.send({ name: found.name, member_id: found.member_id, role: found.role });
    }
    async send(person) {
        this._key ??= newKey();
        Object.assign(this, { isBusy: true, error: null });
        try {
            await this.invite({ ...person, role: person.member_id ? person.role : this.role }, this._key);
            Object.assign(this, { own: null, who: '' });
            this.dispatchEvent(new CustomEvent('said', { detail: format(planLabels.isInvited, person.name || person.email) }));
            this.closeForm();
        } catch (error) {
            this.error = error;
            complain(this.fields, error.items ?? []);
        } finally {
            this.isBusy = false;
        }
    }
    /** Done when the plan is shown without him; throws what is to be said at him. */
    async removeOne(member, name) {
        await this.remove(member);
        this.own = null;
        this.dispatchEvent(new CustomEvent('said', { detail: format(partLabels.listRemoved, name) }));
        this.template.querySelector('[data-people]').focus();
    }
}
