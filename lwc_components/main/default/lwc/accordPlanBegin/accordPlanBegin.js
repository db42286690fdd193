import { LightningElement, api } from 'lwc';
import { format, playbookLabels as labels } from 'c/accordLabels';

const EMPTY = 'empty';

/** What a new plan begins with: nothing, or one of the playbooks. Where there is none, there is nothing to see. Event: choose, with {id, title}. */
export default class AccordPlanBegin extends LightningElement {
    /** The functions of c/accordPlanApi. */
    @api ways;

    labels = labels;
    playbooks = [];
    chosen = EMPTY;
    problem = null;

    async connectedCallback() {
        try {
            this.playbooks = (await this.ways.playbooks()).playbooks.filter(({ is_offered: isOffered }) => isOffered);
        } catch (error) {
            this.problem = format(labels.beginUnknown, error.message);
        }
    }

    get hasChoice() {
        return this.playbooks.length > 0;
    }
    get choices() {
        const shown = this.playbooks.map(({ id, title, description, stages, steps }) => ({
            id,
            title,
            description,
            counts: format(labels.beginCounts, stages, steps)
        }));
        return [{ id: EMPTY, title: labels.beginEmpty }, ...shown].map((one) => ({ ...one, isChosen: one.id === this.chosen }));
    }

    handleChoose({ target: { value } }) {
        this.chosen = value;
        this.dispatchEvent(new CustomEvent('choose', { detail: { id: value === EMPTY ? null : value } }));
    }
}
