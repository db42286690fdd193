import AccordListEditor from 'c/accordListEditor';
import { format } from 'c/accordLabels';
import { autoCreateChoices, criteriaSettings } from 'c/accordSettingsApi';
import { criteriaLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

/** Settings > CRM > Execution Criteria > Manage: made, named, put in order, bound to stages and deleted (A77 to A83, D19, D21). */
export default class AccordCriteria extends AccordListEditor {
    labels = labels;
    rules = { ...model, source: criteriaSettings, list: 'criteria', entry: 'c-accord-criterion', labels };
    /** The stages of the org's deals: [{value, label}]; null until they are read. */
    stages = null;
    stagesProblem = null;
    /** The criterion whose deletion is asked about. */
    asking = null;

    connectedCallback() {
        super.connectedCallback();
        this.loadStages();
    }
    /** What cannot be read takes nothing else of the page away. */
    async loadStages() {
        try {
            this.stages = (await autoCreateChoices()).stages;
        } catch (error) {
            this.stagesProblem = format(labels.stagesUnknown, error.message);
        }
    }
    get items() {
        return this.framesOf().map((frame) => ({
            ...frame,
            question: this.asking === frame.id ? format(labels.removeAsk, model.nameOf(frame.entry), model.plansText(frame.entry)) : null
        }));
    }
    accept(loaded) {
        super.accept(loaded);
        this.asking = null;
    }

    /** What nobody has saved yet goes without a question. */
    handleRemove({ currentTarget }) {
        const { id } = currentTarget.dataset;
        if (this.find(id).isNew) this.remove(id);
        else this.asking = id;
    }
    handleKeep() {
        const id = this.asking;
        this.asking = null;
        this.focusLater(() => this.orderOf(id));
    }
    handleConfirm() {
        this.remove(this.asking);
        this.asking = null;
    }
}
