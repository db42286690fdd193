import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { fieldSyncRuns } from 'c/accordSettingsApi';
import { syncRunLabels as labels } from 'c/accordSettingsLabels';

const rowsOf = (kept) =>
    kept.flatMap(({ sobject, record_id: recordId, fields }) =>
        fields.map(({ field, sentence }) => ({
            key: `${recordId} ${field}`,
            text: format(labels.keptRow, `${sobject}.${field}`, recordId, sentence)
        }))
    );

/** What undoing a run has left alone, because it was changed since (D16). */
export default class AccordRunKept extends LightningElement {
    @api runId;
    labels = labels;
    rows = [];
    next = null;
    problem = null;
    isLoading = true;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            const { kept, next } = await fieldSyncRuns.kept(this.runId, this.next);
            Object.assign(this, { rows: [...this.rows, ...rowsOf(kept)], next, isLoading: false });
        } catch (error) {
            this.problem = error.message;
        }
    }
    handleMore() {
        this.load();
    }
}
