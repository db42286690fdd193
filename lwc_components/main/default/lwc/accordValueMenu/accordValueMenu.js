import { LightningElement, api } from 'lwc';
import { variableLabels as labels } from 'c/accordLabels';
import { partsOf, written } from 'c/accordValueText';

/** A list of Salesforce values behind a button. Event: insert, with {text}: how the chosen one is written into a text. */
export default class AccordValueMenu extends LightningElement {
    /** The variables, as rows of the panel. */
    @api variables = [];
    labels = labels;
    isOpen = false;

    get expanded() {
        return String(this.isOpen);
    }
    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get items() {
        return this.variables.map(({ key, label }) => {
            const [shown] = partsOf(written(label), this.variables);
            return { key, label, value: shown.look ? shown.text : null };
        });
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }
    /** Escape closes the list alone, and not what is around it. */
    handleKeydown(event) {
        if (event.key !== 'Escape' || !this.isOpen) return;
        event.stopPropagation();
        this.isOpen = false;
        this.template.querySelector('[data-toggle]').focus();
    }
    handleChoose({ currentTarget }) {
        this.isOpen = false;
        const { label } = this.variables.find(({ key }) => key === currentTarget.dataset.key);
        this.dispatchEvent(new CustomEvent('insert', { detail: { text: written(label) } }));
    }
}
