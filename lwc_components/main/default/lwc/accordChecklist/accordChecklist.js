import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { checklistLabels as labels } from 'c/accordSettingsLabels';
import { STEPS, shown } from './steps';

/** The start page: every step of the set-up with its state, and the way to its page. Event: go, with the page. */
export default class AccordChecklist extends LightningElement {
    labels = labels;
    found = {};

    connectedCallback() {
        STEPS.forEach((step) => this.look(step));
    }
    async look({ key, ask }) {
        let found;
        try {
            found = await ask();
        } catch (error) {
            found = { state: 'unknown', text: error.message };
        }
        this.found = { ...this.found, [key]: found };
    }

    get steps() {
        return STEPS.map((step) => shown(step, this.found[step.key] ?? { state: 'loading', text: '' }));
    }
    get count() {
        if (Object.keys(this.found).length < STEPS.length) return labels.looking;
        return format(labels.count, this.steps.filter(({ state }) => state === 'done').length, STEPS.length);
    }
    handleGo({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('go', { detail: { page: currentTarget.dataset.page } }));
    }
}
