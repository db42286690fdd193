import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { autoCreateChoices, autoCreateSettings } from 'c/accordSettingsApi';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf } = model;
const PLACE = /^rules\.(\d+)$/;

/** Settings > CRM > Automatically Create Accords > Manage: rules that give deals their plans, and the deals that wait for a person (B1). */
export default class AccordAutoCreate extends AccordSettingsEditor {
    labels = labels;
    rules = { source: autoCreateSettings, draftOf, settingsOf, factsOf, mergeOf };
    /** What rules may name, as the org has it. */
    choices = null;
    /** key of a rule -> {field: message}, of what was refused. */
    refused = new Map();

    connectedCallback() {
        super.connectedCallback();
        this.loadChoices();
    }
    async loadChoices() {
        try {
            this.choices = await autoCreateChoices();
        } catch (error) {
            this.failure = error;
        }
    }
    handleRetry() {
        super.handleRetry();
        this.loadChoices();
    }
    get isBlank() {
        return !this.draft || !this.choices || Boolean(this.failure);
    }
    get busy() {
        return String(this.isSaving);
    }
    get isEmpty() {
        return !this.draft.rules.length;
    }
    /** A problem of all rules together. */
    get overall() {
        return this.errors.get('rules');
    }
    get shown() {
        const wasOn = new Set(this.base.rules.filter(({ enabled }) => enabled).map(({ key }) => key));
        return this.draft.rules.map((rule, index) => ({
            rule,
            above: this.draft.rules
                .slice(0, index)
                .map(({ id }) => id)
                .filter(Boolean),
            key: rule.key,
            wasOn: wasOn.has(rule.key),
            errors: this.refused.get(rule.key) ?? {},
            place: index,
            names: {
                up: format(labels.up, rule.name),
                down: format(labels.down, rule.name),
                remove: format(labels.removeOf, rule.name)
            }
        }));
    }
    accept(loaded) {
        super.accept(loaded);
        this.refused = new Map();
    }
    async refuse(error) {
        const refused = new Map();
        for (const { key, field, message } of error.items ?? []) {
            const place = PLACE.exec(key ?? '');
            const rule = place && this.draft.rules[Number(place[1])];
            if (rule) refused.set(rule.key, { [field]: message, ...refused.get(rule.key) });
        }
        this.refused = refused;
        await super.refuse(error);
    }
    problemElement() {
        const [bad] = this.refused.keys();
        return this.template.querySelector(bad ? `c-accord-auto-rule[data-key="${bad}"]` : '[data-problem-at]');
    }
    focusRule(key) {
        this.focusLater(() => this.template.querySelector(`c-accord-auto-rule[data-key="${key}"]`));
    }

    handleAdd() {
        const rule = model.newRule(this.draft.rules);
        this.change({ rules: [...this.draft.rules, rule] });
        this.focusRule(rule.key);
    }
    handleEdit({ detail: { key, changes } }) {
        this.change(model.withRule(this.draft, key, changes));
    }
    handleRemove({ currentTarget }) {
        this.change(model.without(this.draft, currentTarget.dataset.key));
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }
    handleMove({ currentTarget, detail: { by } }) {
        const { key } = currentTarget.dataset;
        const { name } = this.draft.rules.find((rule) => rule.key === key);
        this.change(model.moved(this.draft, key, by));
        const place = this.draft.rules.findIndex((rule) => rule.key === key) + 1;
        this.announce(format(labels.movedTo, name, place, this.draft.rules.length));
        this.focusLater(() => this.template.querySelector(`c-accord-row-order[data-key="${key}"]`));
    }
    handleAnnounce({ detail: { text } }) {
        this.announce(text);
    }
}
