import AccordSettingsEditor from 'c/accordSettingsEditor';
import { messageSettings } from 'c/accordSettingsApi';
import { messagesLabels as labels } from 'c/accordSettingsLabels';

const NAMES = {
    parked_more_than: labels.parkedMoreThan,
    by_email: labels.byEmail,
    by_bell: labels.byBell,
    tell_concerned: labels.concerned,
    people: labels.who
};
const KEYS = Object.keys(NAMES);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const draftOf = (answer) => Object.fromEntries(KEYS.map((key) => [key, answer[key]]));

/** Who is told by which ways, and from how many parked writes on. */
export default class AccordMessageSettings extends AccordSettingsEditor {
    labels = labels;
    rules = {
        source: messageSettings,
        draftOf,
        settingsOf: (draft) => draft,
        factsOf: (draft) => new Map(KEYS.map((key) => [key, { name: NAMES[key], text: this.textOf(draft[key]) }])),
        mergeOf: (base, mine, theirs) => Object.fromEntries(KEYS.map((key) => [key, same(mine[key], base[key]) ? theirs[key] : mine[key]]))
    };

    textOf(value) {
        if (typeof value === 'boolean') return value ? labels.on : labels.off;
        if (value === null) return labels.admins;
        if (!Array.isArray(value)) return String(value);
        const names = new Map(this.answer.choices.map((one) => [one.user_id, one.name]));
        return value.map((id) => names.get(id) ?? id).join(', ');
    }

    get hasNoMail() {
        return !this.answer.has_mail;
    }
    get isForAdmins() {
        return this.draft.people === null;
    }
    get isForChosen() {
        return !this.isForAdmins;
    }
    get people() {
        return this.answer.choices.map((one) => ({ ...one, isChosen: this.draft.people.includes(one.user_id) }));
    }
    get error() {
        return this.errors.get('parked_more_than') ?? null;
    }
    get peopleError() {
        return this.errors.get('people') ?? null;
    }
    get look() {
        return `slds-form-element entry${this.error ? ' slds-has-error' : ''}`;
    }
    get described() {
        return this.error ? 'error' : null;
    }
    handleMost({ target }) {
        this.change({ ...this.draft, parked_more_than: target.value === '' ? null : Number(target.value) });
    }
    handleSwitch({ target }) {
        this.change({ ...this.draft, [target.dataset.switch]: target.checked });
    }
    /** Whoever begins to choose begins with the admins. */
    handleWho({ target }) {
        const admins = this.answer.choices.filter((one) => one.is_admin).map((one) => one.user_id);
        this.change({ ...this.draft, people: target.value === 'admins' ? null : admins });
    }
    handlePerson({ target }) {
        const others = this.draft.people.filter((id) => id !== target.dataset.person);
        this.change({ ...this.draft, people: target.checked ? [...others, target.dataset.person].sort() : others });
    }
}
