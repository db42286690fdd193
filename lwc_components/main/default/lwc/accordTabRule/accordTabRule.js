import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { panelRuleChoices } from 'c/accordSettingsApi';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

/** On which deals a tab is shown: record types and stages of the org; none chosen means every deal. Event: rule {index, rule}. */
export default class AccordTabRule extends LightningElement {
    @api rule;
    @api name;
    @api index;
    labels = labels;
    isOpen = false;
    choices = null;
    trouble = null;

    get expanded() {
        return String(this.isOpen);
    }
    get toggleText() {
        return this.isOpen ? labels.ruleClose : labels.ruleOpen;
    }
    get toggleLabel() {
        return format(this.isOpen ? labels.ruleCloseOf : labels.ruleOpenOf, this.name);
    }
    get isLoading() {
        return !this.choices;
    }
    get summary() {
        const { stages, record_types: types } = this.rule;
        if (!stages.length && !types.length) return labels.everyDeal;
        const known = new Map((this.choices?.record_types ?? []).map(({ value, label }) => [value, label]));
        const named = types.map((value) => known.get(value)).filter(Boolean);
        const typeText = named.length === types.length ? named.join(', ') : format(labels.recordTypes, types.length);
        return [stages.length && format(labels.inStages, stages.join(', ')), types.length && format(labels.ofTypes, typeText)]
            .filter(Boolean)
            .join(' ');
    }
    get groups() {
        const groupOf = (key, title) => ({
            key,
            title,
            items: this.choices[key].map((one) => ({ ...one, key: `${key}-${one.value}`, checked: this.rule[key].includes(one.value) }))
        });
        const groups = [groupOf('stages', labels.stages)];
        return this.choices.record_types.length ? [...groups, groupOf('record_types', labels.types)] : groups;
    }

    async handleToggle() {
        this.isOpen = !this.isOpen;
        if (!this.isOpen || this.choices) return;
        this.trouble = null;
        try {
            this.choices = await panelRuleChoices();
        } catch (error) {
            this.trouble = error.message;
        }
    }
    handleChoice({ target }) {
        const { kind, value } = target.dataset;
        const others = this.rule[kind].filter((one) => one !== value);
        // in the order of the list, whatever was clicked first
        const chosen = target.checked ? [...others, value] : others;
        const order = this.choices[kind].map((one) => one.value);
        const sorted = [...order.filter((one) => chosen.includes(one)), ...chosen.filter((one) => !order.includes(one))];
        this.dispatchEvent(new CustomEvent('rule', { detail: { index: this.index, rule: { ...this.rule, [kind]: sorted } } }));
    }
}
