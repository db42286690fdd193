import AccordSettingsEditor from 'c/accordSettingsEditor';
import { connectionSettings } from 'c/accordSettingsApi';
import { trustLabels as labels } from 'c/accordSettingsLabels';

const JWT = 'jwt_bearer';
const WAYS = { [JWT]: labels.jwt, client_credentials: labels.credentials };
const NAMES = {
    integration_login: labels.way,
    secret_ends_on: labels.secretEnds,
    key_ends_on: labels.keyEnds,
    method_ends_on: labels.methodEnds
};
const KEYS = Object.keys(NAMES);
const DATES = KEYS.filter((key) => key !== 'integration_login');
const draftOf = (answer) => Object.fromEntries(KEYS.map((key) => [key, answer[key]]));
const factsOf = (draft) => new Map(KEYS.map((key) => [key, { name: NAMES[key], text: WAYS[draft[key]] ?? draft[key] ?? '' }]));
const mergeOf = (base, mine, theirs) => Object.fromEntries(KEYS.map((key) => [key, mine[key] === base[key] ? theirs[key] : mine[key]]));

/** How the integration owner signs in, and the ends that only an admin knows (D5). Event: stored. */
export default class AccordConnectionDates extends AccordSettingsEditor {
    labels = labels;
    rules = { source: connectionSettings, draftOf, settingsOf: (draft) => draft, factsOf, mergeOf };

    get busy() {
        return String(this.isSaving);
    }
    get ways() {
        return Object.entries(WAYS).map(([value, label]) => ({ value, label, isChosen: value === this.draft.integration_login }));
    }
    /** A key is used by one of the ways alone. */
    get dates() {
        const hasKey = this.draft.integration_login === JWT;
        return DATES.filter((name) => hasKey || name !== 'key_ends_on').map((name) => {
            const error = this.errors.get(name) ?? null;
            return {
                name,
                label: NAMES[name],
                value: this.draft[name] ?? '',
                error,
                look: `slds-form-element entry${error ? ' slds-has-error' : ''}`
            };
        });
    }
    problemElement() {
        const bad = DATES.find((name) => this.errors.has(name));
        return this.template.querySelector(bad ? `[data-date="${bad}"]` : '[data-first]');
    }

    async handleSave() {
        await super.handleSave();
        if (this.isSaved) this.dispatchEvent(new CustomEvent('stored'));
    }
    handleWay({ target }) {
        this.change({ ...this.draft, integration_login: target.value });
    }
    handleDate({ target }) {
        this.change({ ...this.draft, [target.dataset.date]: target.value || null });
    }
}
