import AccordListEditor from 'c/accordListEditor';
import { autoCreateChoices, autoCreateSettings } from 'c/accordSettingsApi';
import { autoCreateLabels, slideoutLabels } from 'c/accordSettingsLabels';
import * as model from './model';

const labels = { ...autoCreateLabels, removed: slideoutLabels.removed };

/** Settings > CRM > Automatically Create Accords > Manage: rules that give deals their plans, and the deals that wait for a person (B1). */
export default class AccordAutoCreate extends AccordListEditor {
    labels = labels;
    rules = { ...model, source: autoCreateSettings, list: 'rules', entry: 'c-accord-auto-rule', labels };
    /** What rules may name, as the org has it. */
    choices = null;

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
    get items() {
        const wasOn = new Set(this.base.rules.filter(({ enabled }) => enabled).map(({ id }) => id));
        return this.framesOf().map((frame) => ({
            ...frame,
            wasOn: wasOn.has(frame.id),
            above: this.entries.slice(0, frame.place).flatMap(({ id, isNew }) => (isNew ? [] : [id]))
        }));
    }
    handleAnnounce({ detail: { text } }) {
        this.announce(text);
    }
}
