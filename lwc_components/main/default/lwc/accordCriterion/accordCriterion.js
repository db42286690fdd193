import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { criteriaLabels as labels } from 'c/accordSettingsLabels';

const KINDS = ['step', 'role', 'resource', 'text', 'checkbox'];
const KIND_TEXTS = {
    step: labels.kindStep,
    role: labels.kindRole,
    resource: labels.kindResource,
    text: labels.kindText,
    checkbox: labels.kindCheckbox
};

/** One execution criterion while an admin changes it. Event: edit, with {id, changes}. */
export default class AccordCriterion extends LightningElement {
    @api criterion;
    /** The stages of the org's deals: [{value, label}]; null while they are not known. */
    @api stages;
    /** field -> message, of what was refused. */
    @api errors = {};
    labels = labels;
    areStagesOpen = false;

    @api focus() {
        (this.template.querySelector('[data-problem-at]') ?? this.template.querySelector('[data-name="title"]'))?.focus();
    }
    get kinds() {
        return KINDS.map((value) => ({ value, label: KIND_TEXTS[value], selected: value === this.criterion.kind }));
    }
    get isSaved() {
        return !this.criterion.isNew;
    }
    get keyText() {
        return format(labels.keyIs, KIND_TEXTS[this.criterion.kind], this.criterion.key);
    }
    get plansText() {
        const { plans } = this.criterion;
        if (!plans) return labels.plansNone;
        return plans === 1 ? labels.plansOne : format(labels.plans, plans);
    }
    get labelsOf() {
        return new Map((this.stages ?? []).map(({ value, label }) => [value, label]));
    }
    get stagesText() {
        const names = this.labelsOf;
        const chosen = this.criterion.stages.map((stage) => names.get(stage) ?? stage);
        return chosen.length ? format(labels.stagesOf, chosen.join(', ')) : labels.stagesAlways;
    }
    /** Those that the org has, and those that were chosen and are there no more. */
    get choices() {
        const chosen = new Set(this.criterion.stages);
        const names = this.labelsOf;
        const all = [...names.keys(), ...this.criterion.stages.filter((stage) => !names.has(stage))];
        return all.map((value) => ({ value, label: names.get(value) ?? value, checked: chosen.has(value) }));
    }
    get expanded() {
        return String(this.areShown);
    }
    get areShown() {
        return this.areStagesOpen || Boolean(this.errors.stages);
    }
    get icon() {
        return this.areShown ? 'utility:chevrondown' : 'utility:chevronright';
    }

    edit(changes) {
        this.dispatchEvent(new CustomEvent('edit', { detail: { id: this.criterion.id, changes } }));
    }
    handleText({ target }) {
        this.edit({ [target.dataset.name]: target.value });
    }
    handleToggle() {
        this.areStagesOpen = !this.areStagesOpen;
    }
    handleStage({ target }) {
        const chosen = new Set(this.criterion.stages);
        if (target.checked) chosen.add(target.dataset.value);
        else chosen.delete(target.dataset.value);
        this.edit({ stages: this.choices.map(({ value }) => value).filter((value) => chosen.has(value)) });
    }
}
