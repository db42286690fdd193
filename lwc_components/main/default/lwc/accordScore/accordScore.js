import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { scoreSettings } from 'c/accordSettingsApi';
import { scoreLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf } = model;

/** Settings > CRM > Execution Score > Manage: how much each factor counts, with the sum as it is typed (D20). */
export default class AccordScore extends AccordSettingsEditor {
    labels = labels;
    rules = { source: scoreSettings, draftOf, settingsOf, factsOf, mergeOf };

    get busy() {
        return String(this.isSaving);
    }
    get stateText() {
        const { is_default: isDefault, version, changed_by: by } = this.answer;
        if (isDefault) return labels.isDefault;
        return by ? format(labels.isVersionBy, version, by) : format(labels.isVersion, version);
    }
    get factors() {
        return model.FACTORS.map(({ factor, name, text }) => ({
            factor,
            name,
            text: format(text, this.answer.customers_for_all),
            weight: this.draft.weights[factor],
            error: this.errors.get(factor) ?? this.errors.get(`weights.${factor}`)
        }));
    }
    get sumText() {
        return model.sumText(this.draft);
    }
    get sumLook() {
        return model.sumOf(this.draft) === model.FULL ? 'sum' : 'sum slds-text-color_error';
    }
    get overall() {
        return this.errors.get('weights');
    }

    handleWeight({ target }) {
        const { factor } = target.dataset;
        const weight = Math.min(model.FULL, Math.max(0, Math.round(Number(target.value)) || 0));
        this.change(model.withWeight(this.draft, factor, weight));
    }
}
