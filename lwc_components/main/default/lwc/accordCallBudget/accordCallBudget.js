import AccordSettingsEditor from 'c/accordSettingsEditor';
import { callBudget } from 'c/accordSettingsApi';
import { budgetLabels as labels } from 'c/accordSettingsLabels';

const FIELDS = [
    { name: 'own_share', label: labels.ownShare, hint: labels.ownShareHint, min: 1, max: 100 },
    { name: 'kept_for_people', label: labels.keptForPeople, hint: labels.keptForPeopleHint, min: 0, max: 90 },
    { name: 'backfill_stops_at', label: labels.backfillStopsAt, hint: labels.backfillStopsAtHint, min: 1, max: 100 }
];
const draftOf = (answer) => Object.fromEntries(FIELDS.map(({ name }) => [name, answer[name]]));

/** How many of the org's API calls Accord may use: its share, what is kept for people, where back-fills stop (D67, D68). */
export default class AccordCallBudget extends AccordSettingsEditor {
    labels = labels;
    rules = {
        source: callBudget,
        draftOf,
        settingsOf: (draft) => draft,
        factsOf: (draft) => new Map(FIELDS.map(({ name, label }) => [name, { name: label, text: String(draft[name]) }])),
        mergeOf: (base, mine, theirs) =>
            Object.fromEntries(FIELDS.map(({ name }) => [name, mine[name] === base[name] ? theirs[name] : mine[name]]))
    };

    get entries() {
        return FIELDS.map((field) => {
            const error = this.errors.get(field.name) ?? null;
            return { ...field, error, value: this.draft[field.name], look: `slds-form-element entry${error ? ' slds-has-error' : ''}` };
        });
    }

    handleNumber({ target }) {
        this.change({ ...this.draft, [target.dataset.name]: target.value === '' ? null : Number(target.value) });
    }
    async handleSave() {
        await super.handleSave();
        if (this.isSaved) this.dispatchEvent(new CustomEvent('changed'));
    }
}
