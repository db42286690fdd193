import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';
import { choicesOf, stagesFrom, toggled } from './lists';

const NONE = 'none';
const LISTS = { stages: 'stages', types: 'types' };

/** One rule: on or off, which deals it meets, and which plan they get. Event: edit {id, changes}. */
export default class AccordAutoRule extends LightningElement {
    /** The rule as it is on the page. */
    @api rule;
    /** What it may name, as the org has it. */
    @api choices;
    /** Ids of the rules above it. */
    @api above = [];
    /** Whether the saved rule is on. */
    @api wasOn = false;
    /** field -> message, of what was refused. */
    @api errors = {};
    labels = labels;

    @api focus() {
        const hasProblem = Object.keys(this.errors).length > 0;
        this.template.querySelector(hasProblem ? '[data-problem-at]' : '[data-name="name"]')?.focus();
    }
    edit(changes) {
        this.dispatchEvent(new CustomEvent('edit', { detail: { id: this.rule.id, changes } }));
    }

    get isOn() {
        return this.rule.enabled;
    }
    get isOff() {
        return !this.rule.enabled;
    }
    get stateText() {
        if (!this.isOn) return labels.off;
        if (this.wasOn) return labels.on;
        return this.rule.also_existing ? labels.onAlso : labels.onNew;
    }
    get look() {
        return `slds-badge ${this.isOn ? 'slds-theme_success' : 'slds-badge_lightest'}`;
    }
    get offLabel() {
        return format(labels.turnOffOf, this.rule.name);
    }
    get countsText() {
        const { made, waiting, is_looking_back: isLooking } = this.rule;
        if (made === undefined) return null;
        const text = format(labels.counts, made, waiting);
        return isLooking ? `${text} ${labels.lookingBack}` : text;
    }
    get stages() {
        return choicesOf(this.choices.stages, this.rule.stages);
    }
    get types() {
        return choicesOf(this.choices.types, this.rule.types);
    }
    get hasTypes() {
        return this.types.length > 0;
    }
    get fromStages() {
        return this.choices.stages.filter(({ is_lost: isLost }) => !isLost);
    }
    get hasCurrencies() {
        return this.choices.currencies.length > 0;
    }
    get currencies() {
        const { currency } = this.rule;
        return ['', ...this.choices.currencies].map((value) => ({
            value: value || NONE,
            label: value || labels.currencyNone,
            selected: value === (currency ?? '')
        }));
    }
    get people() {
        return [{ value: NONE, label: labels.owner }, ...this.choices.people];
    }
    get person() {
        return this.rule.point_person ?? NONE;
    }
    get templates() {
        const named = (kind, words, options) =>
            options.map(({ value, label }) => ({ value: `${kind}:${value}`, label: format(words, label) }));
        return [
            { value: NONE, label: labels.templateNone },
            ...named('playbook', labels.ofPlaybook, this.choices.playbooks),
            ...named('plan', labels.ofPlan, this.choices.templates)
        ];
    }
    get copied() {
        const { playbook, template_id: plan } = this.rule;
        if (playbook) return `playbook:${playbook}`;
        return plan ? `plan:${plan}` : NONE;
    }
    get needsStageTitle() {
        return this.copied === NONE;
    }
    get templateError() {
        return this.errors.playbook ?? this.errors.template_id;
    }

    handleText({ target }) {
        const { name } = target.dataset;
        const isAmount = name.startsWith('amount');
        this.edit({ [name]: isAmount && !target.value.trim() ? null : target.value });
    }
    handleCurrency({ target }) {
        this.edit({ currency: target.value === NONE ? null : target.value });
    }
    handleCheck({ target }) {
        const list = LISTS[target.dataset.list];
        const order = this.choices[list].map(({ value }) => value);
        this.edit({ [list]: toggled(this.rule[list], order, target.dataset.value, target.checked) });
    }
    handleFrom({ target }) {
        if (!target.value) return;
        this.edit({ stages: stagesFrom(this.choices.stages, target.value) });
        // it is a shortcut and no setting: it can be used again
        target.value = '';
    }
    handlePerson({ detail: { value } }) {
        this.edit({ point_person: value === NONE ? null : value });
    }
    handleTemplate({ detail: { value } }) {
        const [kind, id] = value.split(':');
        this.edit({ playbook: kind === 'playbook' ? id : null, template_id: kind === 'plan' ? id : null });
    }
    handleOff() {
        this.edit({ enabled: false, also_existing: false });
    }
    /** The dry run was seen, and somebody has chosen what the rule begins with. */
    handleOn({ detail: { alsoExisting } }) {
        this.edit({ enabled: true, also_existing: alsoExisting });
    }
}
