import AccordSettingsEditor from 'c/accordSettingsEditor';
import { activitySettings } from 'c/accordSettingsApi';
import { activityLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf } = model;
// the browser leaves out the name under which most orgs begin
const ZONES = [...new Set(['UTC', ...(Intl.supportedValuesOf?.('timeZone') ?? [])])];

/** Settings > CRM > Sync activity > Manage: which activity becomes Tasks, in which words, and how repeats are folded (D24, D26). */
export default class AccordActivity extends AccordSettingsEditor {
    labels = labels;
    previewed = null;
    rules = { source: activitySettings, draftOf, settingsOf, factsOf, mergeOf };

    get busy() {
        return String(this.isSaving);
    }
    get zones() {
        const known = ZONES.includes(this.draft.owner_time_zone) ? ZONES : [this.draft.owner_time_zone, ...ZONES];
        return known.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
    }
    get zoneError() {
        return this.errors.get('owner_time_zone') ?? null;
    }
    /** As a sample may bring them. */
    get unsaved() {
        return settingsOf(this.draft);
    }
    get kinds() {
        const errorsOf = (kind) => {
            const prefix = `kinds.${kind}.`;
            const own = [...this.errors].filter(([place]) => place?.startsWith(prefix));
            return Object.fromEntries(own.map(([place, message]) => [place.slice(prefix.length), message]));
        };
        return this.draft.kinds.map((settings) => ({
            kind: settings.kind,
            title: model.titleOf(settings),
            settings,
            errors: errorsOf(settings.kind),
            isPreviewed: this.previewed === settings.kind
        }));
    }
    problemElement() {
        const bad = this.kinds.find(({ errors }) => Object.keys(errors).length);
        return bad ? this.template.querySelector(`[data-kind="${bad.kind}"] c-accord-activity-kind`) : super.problemElement();
    }

    handleEnabled({ target }) {
        this.change({ ...this.draft, enabled: target.checked });
    }
    handleZone({ detail: { value } }) {
        this.change({ ...this.draft, owner_time_zone: value });
    }
    handleEdit({ detail: { kind, changes } }) {
        this.change(model.withKind(this.draft, kind, changes));
    }
    handlePreview({ detail: { kind } }) {
        this.previewed = this.previewed === kind ? null : kind;
    }
}
