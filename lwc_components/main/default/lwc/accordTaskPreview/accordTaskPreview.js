import { LightningElement, api } from 'lwc';
import { previewTask } from 'c/accordSettingsApi';
import { activityLabels as labels } from 'c/accordSettingsLabels';

// any id of a deal does: the preview reads no record
const SOME_DEAL = '006000000000001AAA';
const USUAL_TIMES = 3;
const NAMES = {
    Subject: labels.taskSubject,
    Status: labels.taskStatus,
    ActivityDate: labels.taskDate,
    Description: labels.taskDescription
};

/** The very Task of a sample, with settings that need not be saved. Nothing is written. */
export default class AccordTaskPreview extends LightningElement {
    @api kind;
    @api settings;
    labels = labels;
    times = USUAL_TIMES;
    isInternal = false;
    found = null;
    problem = null;
    isLoading = true;

    connectedCallback() {
        this.load();
    }
    async load() {
        Object.assign(this, { isLoading: true, problem: null });
        try {
            this.found = await previewTask({
                record_id: SOME_DEAL,
                kind: this.kind,
                subject_text: labels.sampleText,
                is_internal: this.isInternal,
                times: this.times,
                settings: this.settings
            });
        } catch (error) {
            this.problem = error.items?.[0]?.message ?? error.message;
        } finally {
            this.isLoading = false;
        }
    }
    get refusal() {
        return this.found.task ? null : this.found.message;
    }
    get author() {
        return this.found.written_by === 'actor' ? labels.byActor : labels.byOwner;
    }
    get facts() {
        const known = Object.entries(NAMES).filter(([field]) => this.found.task[field]);
        return [
            ...known.map(([field, name]) => ({ name, text: this.found.task[field] })),
            { name: labels.taskRelated, text: labels.taskDeal }
        ];
    }

    handleTimes({ target }) {
        this.times = Math.min(1000, Math.max(1, Math.round(Number(target.value)) || 1));
        this.load();
    }
    handleInternal({ target }) {
        this.isInternal = target.checked;
        this.load();
    }
    handleAgain() {
        this.load();
    }
}
