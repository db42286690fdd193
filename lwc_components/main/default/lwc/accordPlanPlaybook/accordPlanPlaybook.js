import { LightningElement, api } from 'lwc';
import texts, { format, playbookLabels as labels } from 'c/accordLabels';
import { complain, forgive, keepFocus, otherText } from 'c/accordForms';
import { newKey } from 'c/accordPlanApi';

const NEW = 'new';
const FIELDS = ['title', 'description', 'start'];

/** Saves a plan as a playbook, or as the new content of one: for admins, nobody else sees it. Event: said. */
export default class AccordPlanPlaybook extends LightningElement {
    /** The whole plan, and the functions of c/accordPlanApi. */
    @api plan;
    @api ways;

    keepFocus = keepFocus;
    labels = labels;
    texts = texts;
    canSave = false;
    isOpen = false;
    isBusy = false;
    error = null;
    playbooks = [];
    where = NEW;
    _key = null;
    _focusNext = null;

    /** Who may not know it may not save one either. */
    connectedCallback() {
        return this.load().catch(() => {});
    }
    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }
    async load() {
        const { playbooks, can_save: canSave } = await this.ways.playbooks();
        Object.assign(this, { playbooks, canSave });
    }

    get expanded() {
        return String(this.isOpen);
    }
    get ariaBusy() {
        return String(this.isBusy);
    }
    get hasOthers() {
        return this.playbooks.length > 0;
    }
    get places() {
        const others = this.playbooks.map(({ id, title }) => ({ value: id, label: format(labels.whereOf, title) }));
        return [{ value: NEW, label: labels.whereNew }, ...others];
    }
    get isNew() {
        return this.where === NEW;
    }
    get sendLabel() {
        return this.isBusy ? labels.sending : labels.send;
    }
    /** Messages about no field that is seen. */
    get errorText() {
        if (!this.error) return null;
        if (this.error.code === 'CHANGED_MEANWHILE') return labels.again;
        return otherText(this.error, FIELDS);
    }

    handleToggle() {
        Object.assign(this, { isOpen: !this.isOpen, error: null, where: NEW, _focusNext: this.isOpen ? null : '[data-field]' });
    }
    handleWhere({ detail: { value } }) {
        Object.assign(this, { where: value, error: null });
    }
    /** What was said about an entry goes with the entry; another wish has another key. */
    handleEntry({ target }) {
        forgive(target);
        this._key = null;
    }
    handleCancel() {
        Object.assign(this, { isOpen: false, error: null, _focusNext: '[data-playbook]' });
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || this.isBusy) return;
        event.preventDefault();
        event.stopPropagation();
        this.handleCancel();
    }

    async handleSubmit(event) {
        event.preventDefault();
        if (this.isBusy) return;
        const fields = [...this.template.querySelectorAll('[data-field]')].filter(({ dataset }) => FIELDS.includes(dataset.field));
        const wrong = fields.filter((field) => !field.reportValidity());
        if (wrong.length) {
            wrong[0].focus();
            return;
        }
        const entered = Object.fromEntries(fields.map((field) => [field.dataset.field, String(field.value ?? '').trim()]));
        Object.assign(this, { isBusy: true, error: null });
        try {
            const content = { plan: this.plan.id, start: entered.start || null };
            await (this.isNew ? this.saveNew(content, entered) : this.replace(content));
            // it is saved, whether or not the list can be read now
            await this.load().catch(() => {});
            this.handleCancel();
        } catch (error) {
            await this.refuse(error, fields);
        } finally {
            this.isBusy = false;
        }
    }
    /** Every try of one wish has the same key. */
    async saveNew(content, { title, description }) {
        this._key ??= newKey();
        const made = await this.ways.savePlaybook({ ...content, title, description }, this._key);
        this._key = null;
        this.say(format(labels.saved, made.title));
    }
    async replace(content) {
        const playbook = this.playbooks.find(({ id }) => id === this.where);
        await this.ways.replacePlaybook(playbook, content);
        this.say(format(labels.replaced, playbook.title));
    }
    /** Each message at its field. With the version of now, a second try is about what stands now. */
    async refuse(error, fields) {
        this.error = error;
        complain(fields, error.items ?? []);
        if (error.code === 'CHANGED_MEANWHILE') await this.load().catch(() => {});
    }
    say(detail) {
        this.dispatchEvent(new CustomEvent('said', { detail }));
    }
}
