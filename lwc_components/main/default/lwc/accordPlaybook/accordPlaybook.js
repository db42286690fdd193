import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { complain, forgive, keepFocus, otherText } from 'c/accordForms';
import { momentDay } from 'c/accordMoments';
import { changePlaybook, deletePlaybook } from 'c/accordSettingsApi';
import { playbooksLabels as labels } from 'c/accordSettingsLabels';

const FIELDS = ['title', 'description'];
const ORDER = 'c-accord-row-order';

/** One playbook among the others. Events: changed, with {text}; outdated, when somebody else was first. After a change it wants the focus. */
export default class AccordPlaybook extends LightningElement {
    @api playbook;
    /** Where it stands, from 0. */
    @api position = 0;
    /** How many there are. */
    @api count = 1;

    keepFocus = keepFocus;
    labels = labels;
    isEditing = false;
    isAsking = false;
    isBusy = false;
    problem = null;
    _focusNext = null;
    /** What has the focus again after a change. */
    _pressed = '[data-edit]';

    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        const element = selector && this.template.querySelector(selector);
        // the buttons were away while it was asked, and know no more which of them was pressed
        if (selector === ORDER) element?.focus('remove');
        else element?.focus();
    }

    @api focus() {
        this.template.querySelector(this._pressed)?.focus();
    }
    get ariaBusy() {
        return String(this.isBusy);
    }
    get stateText() {
        return this.playbook.is_offered ? labels.offered : labels.hidden;
    }
    get look() {
        return `slds-badge ${this.playbook.is_offered ? 'slds-theme_success' : 'slds-badge_lightest'}`;
    }
    get countsText() {
        return format(labels.counts, this.playbook.stages, this.playbook.steps, this.playbook.resources);
    }
    get savedText() {
        const { saved_by: by, saved_at: at } = this.playbook;
        return by ? format(labels.savedBy, by, momentDay(at)) : format(labels.savedOn, momentDay(at));
    }
    get rulesText() {
        const { rules } = this.playbook;
        return rules.length ? format(labels.rules, rules.join(', ')) : null;
    }
    get editLabel() {
        return format(labels.editOf, this.playbook.title);
    }
    get offerText() {
        return this.playbook.is_offered ? labels.hide : labels.offer;
    }
    get offerLabel() {
        return format(this.playbook.is_offered ? labels.hideOf : labels.offerOf, this.playbook.title);
    }
    get names() {
        const { title } = this.playbook;
        return { up: format(labels.up, title), down: format(labels.down, title), remove: format(labels.removeOf, title) };
    }
    get question() {
        return format(labels.removeAsk, this.playbook.title);
    }
    get fields() {
        return [...this.template.querySelectorAll('[data-field]')];
    }
    get entered() {
        return Object.fromEntries(this.fields.map((field) => [field.dataset.field, String(field.value ?? '').trim()]));
    }
    /** Whether something is typed that leaving would lose. */
    @api get hasUnsaved() {
        const { entered } = this;
        return this.isEditing && FIELDS.some((name) => entered[name] !== this.playbook[name]);
    }

    handleEdit() {
        Object.assign(this, { isEditing: true, problem: null, _focusNext: '[data-field]' });
    }
    /** What rules begin with is not asked about: it cannot be deleted. */
    handleAsk() {
        const { title, rules } = this.playbook;
        const inUse = rules.length ? format(labels.inUse, title, rules.join(', ')) : null;
        Object.assign(this, { isAsking: !inUse, problem: inUse });
    }
    handleCancel() {
        const focus = this.isEditing ? '[data-edit]' : ORDER;
        Object.assign(this, { isEditing: false, isAsking: false, problem: null, _focusNext: focus });
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || this.isBusy) return;
        event.preventDefault();
        event.stopPropagation();
        this.handleCancel();
    }
    handleEntry({ target }) {
        forgive(target);
    }

    handleSave(event) {
        event.preventDefault();
        const wrong = this.fields.filter((field) => !field.reportValidity());
        if (wrong.length) {
            wrong[0].focus();
            return;
        }
        const { entered } = this;
        this.change(entered, format(labels.saved, entered.title), '[data-edit]');
    }
    handleOffer() {
        const { title, is_offered: isOffered } = this.playbook;
        this.change({ is_offered: !isOffered }, format(isOffered ? labels.nowHidden : labels.nowOffered, title), '[data-offer]');
    }
    handleMove({ detail: { by } }) {
        const position = this.position + by;
        this.change({ position }, format(labels.moved, this.playbook.title, position + 1), ORDER);
    }
    handleRemove() {
        this.attempt(() => deletePlaybook(this.playbook), format(labels.removed, this.playbook.title));
    }
    change(changes, text, pressed) {
        this._pressed = pressed;
        this.attempt(() => changePlaybook(this.playbook, changes), text);
    }
    async attempt(work, text) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
            Object.assign(this, { isEditing: false, isAsking: false });
            this.dispatchEvent(new CustomEvent('changed', { detail: { text } }));
        } catch (error) {
            this.refuse(error);
        } finally {
            this.isBusy = false;
        }
    }
    /** Each message at its field; what is typed stays. */
    refuse(error) {
        const isOutdated = error.code === 'CHANGED_MEANWHILE';
        complain(this.fields, error.items ?? []);
        this.problem = isOutdated ? labels.again : otherText(error, this.isEditing ? FIELDS : []);
        if (isOutdated) this.dispatchEvent(new CustomEvent('outdated'));
    }
}
