import { LightningElement, api } from 'lwc';
import texts, { format, partLabels as labels, planLabels } from 'c/accordLabels';
import { complain, keepFocus, otherText } from 'c/accordForms';
import { newKey } from 'c/accordPlanApi';
import { spoken } from 'c/accordValueText';

const KINDS = {
    resources: {
        title: labels.resources,
        add: labels.resourceAdd,
        nameOf: ({ title }) => title,
        fields: [
            { name: 'title', label: labels.resourceTitle, required: true, type: 'text', max: 255 },
            { name: 'url', label: labels.resourceUrl, required: true, type: 'url', max: 2000 }
        ],
        hasInternal: true,
        make: (ways, ...given) => ways.addResource(...given),
        remove: (ways, ...given) => ways.removeResource(...given)
    },
    stakeholders: {
        title: labels.stakeholders,
        add: labels.stakeholderAdd,
        nameOf: ({ name }) => name,
        fields: [
            { name: 'name', label: labels.stakeholderName, required: true, type: 'text', max: 255 },
            { name: 'title', label: labels.stakeholderTitle, required: false, type: 'text', max: 255 },
            { name: 'email', label: labels.stakeholderEmail, required: false, type: 'email', max: 254 }
        ],
        hasInternal: false,
        make: (ways, ...given) => ways.addStakeholder(...given),
        remove: (ways, ...given) => ways.removeStakeholder(...given)
    }
};

/** What belongs to a plan beside its steps, shown, added and removed: its links, or the people who matter for the deal. Event: said. */
export default class AccordPlanList extends LightningElement {
    /** resources or stakeholders. */
    @api kind;
    @api items = [];
    /** The Salesforce values that their texts name, as rows of the panel. */
    @api variables = [];
    /** The whole plan. */
    @api plan;
    @api readOnly = false;
    /** The functions of c/accordPlanApi. */
    @api ways;
    /** carry(answer) is done when the plan that it answers with is shown, and throws what is to be said here. */
    @api carry;

    keepFocus = keepFocus;
    labels = { ...texts, ...planLabels, ...labels };
    isOpen = false;
    isAdding = false;
    isBusy = false;
    error = null;
    _key = null;
    _focusNext = null;

    /** Whether leaving would lose something. */
    @api get hasTyped() {
        return this.entries.some(({ value }) => String(value ?? '').trim() !== '');
    }
    renderedCallback() {
        const selector = this._focusNext;
        this._focusNext = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    get of() {
        return KINDS[this.kind];
    }
    get entries() {
        return [...this.template.querySelectorAll('[data-field]')];
    }
    get title() {
        return format(this.of.title, this.items.length);
    }
    get expanded() {
        return String(this.isOpen);
    }
    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get lines() {
        return this.items.map((item) => {
            const name = this.of.nameOf(item);
            return {
                item,
                key: item.id,
                name,
                // the server takes nothing else; what a link leads to is checked once more where it is shown
                address: /^https?:\/\//i.test(item.url ?? '') ? item.url : null,
                facts: this.factsOf(item),
                question: format(labels.listRemoveAsk, this.spoken(name)),
                remove: this.readOnly ? null : () => this.remove(item, name)
            };
        });
    }
    factsOf(item) {
        if (this.kind === 'stakeholders') return [item.title, item.email].filter(Boolean);
        return item.added_by_customer ? [labels.resourceByCustomer] : [];
    }
    get canAdd() {
        return !this.readOnly && !this.isAdding;
    }
    get sendLabel() {
        return this.isBusy ? texts.saving : planLabels.add;
    }
    /** Messages about no field of the form. */
    get errorText() {
        return (
            this.error &&
            otherText(
                this.error,
                this.of.fields.map(({ name }) => name)
            )
        );
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }
    handleAdd() {
        Object.assign(this, { isAdding: true, error: null, _key: null, _focusNext: '[data-field]' });
    }
    closeForm() {
        Object.assign(this, { isAdding: false, error: null, _focusNext: '[data-add]' });
    }
    /** Another wish has another key; what was said about an entry goes with the entry. */
    handleEntry(event) {
        event.stopPropagation();
        event.target.setCustomValidity?.('');
        this._key = null;
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || this.hasTyped || this.isBusy) return;
        event.preventDefault();
        event.stopPropagation();
        this.closeForm();
    }

    async handleSubmit(event) {
        event.preventDefault();
        const [wrong] = this.entries.filter((field) => !field.reportValidity());
        if (wrong) {
            wrong.focus();
            return;
        }
        const entered = Object.fromEntries(this.entries.map(({ dataset, value }) => [dataset.field, String(value ?? '').trim()]));
        const internal = this.template.querySelector('[data-internal]');
        if (internal) entered.is_internal = internal.checked;
        this._key ??= newKey();
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, error: null });
        try {
            await this.carry(this.of.make(this.ways, this.plan.id, entered, this._key));
            this.say(labels.listAdded, this.of.nameOf(entered));
            this.closeForm();
        } catch (error) {
            this.error = error;
            complain(this.entries, error.items ?? []);
        } finally {
            this.isBusy = false;
        }
    }
    /** Done when the plan is shown without it; throws what is to be said at it. */
    async remove(item, name) {
        await this.carry(this.of.remove(this.ways, this.plan.id, item, this.plan));
        this.say(labels.listRemoved, name);
        this.template.querySelector('[data-toggle]').focus();
    }
    spoken(text) {
        return spoken(text, this.variables);
    }
    say(words, name) {
        this.dispatchEvent(new CustomEvent('said', { detail: format(words, this.spoken(name)) }));
    }
}
