import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { contactSettings, leadSources } from 'c/accordSettingsApi';
import { contactsLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf } = model;
const NONE = '';

/** Settings > CRM > Sync Salesforce Contacts > Manage: the switch, the lead source of new Contacts, and who was left out (B1). */
export default class AccordContacts extends AccordSettingsEditor {
    labels = labels;
    rules = { source: contactSettings, draftOf, settingsOf, factsOf, mergeOf };
    /** [{value, label}] as Salesforce offers them; null: not asked yet. */
    sources = null;
    sourcesProblem = null;

    get busy() {
        return String(this.isSaving);
    }
    get countsText() {
        const { waiting, left_out: leftOut } = this.answer;
        return format(labels.counts, waiting, leftOut);
    }
    /** What turning it on reads, before it is on; then how far that is. */
    get readingText() {
        const { enabled, plans, reading_calls: calls, to_read: left } = this.answer;
        if (enabled) return left ? format(labels.filling, left, plans) : null;
        return plans && this.draft.enabled ? format(labels.fill, plans, calls) : null;
    }
    get options() {
        const { lead_source: chosen } = this.draft;
        const offered = this.sources ?? [];
        const known = !chosen || offered.some(({ value }) => value === chosen);
        const kept = known ? [] : [{ value: chosen, label: chosen }];
        return [{ value: NONE, label: labels.sourceNone }, ...offered, ...kept];
    }
    get source() {
        return this.draft.lead_source ?? NONE;
    }
    get sourceError() {
        return this.errors.get('lead_source') ?? null;
    }
    problemElement() {
        return this.template.querySelector('c-accord-picker');
    }

    /** Salesforce is asked only where the sync is on, or about to be. */
    accept(loaded) {
        super.accept(loaded);
        this.askForSources();
    }
    change(draft) {
        super.change(draft);
        this.askForSources();
    }
    async askForSources() {
        if (!this.draft.enabled || this.sources) return;
        this.sources = [];
        try {
            this.sources = await leadSources();
        } catch (error) {
            Object.assign(this, { sources: null, sourcesProblem: error.message });
        }
    }

    handleEnabled({ target }) {
        this.change({ ...this.draft, enabled: target.checked });
    }
    handleSource({ detail: { value } }) {
        this.change({ ...this.draft, lead_source: value || null });
    }
    handleAnnounce({ detail: { text } }) {
        this.announce(text);
    }
}
