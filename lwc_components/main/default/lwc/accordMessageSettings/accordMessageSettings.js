import AccordSettingsEditor from 'c/accordSettingsEditor';
import { messageGroups, messageSettings } from 'c/accordSettingsApi';
import { messagesLabels as labels } from 'c/accordSettingsLabels';

const NAMES = {
    parked_more_than: labels.parkedMoreThan,
    by_email: labels.byEmail,
    by_bell: labels.byBell,
    tell_concerned: labels.concerned,
    people: labels.who,
    group_id: labels.group
};
const WHO = { ADMINS: 'admins', CHOSEN: 'chosen', GROUP: 'group' };
const KEYS = Object.keys(NAMES);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const draftOf = (answer) => Object.fromEntries(KEYS.map((key) => [key, answer[key] ?? null]));

/** Who is told by which ways, and from how many parked writes on. */
export default class AccordMessageSettings extends AccordSettingsEditor {
    labels = labels;
    /** [{value, label}] of the org; null: not asked yet. */
    groups = null;
    groupsProblem = null;
    /** A group was wanted, and none is chosen yet. */
    wantsGroup = false;
    rules = {
        source: messageSettings,
        draftOf,
        settingsOf: (draft) => draft,
        factsOf: (draft) => new Map(KEYS.map((key) => [key, { name: NAMES[key], text: this.textOf(draft[key], key) }])),
        mergeOf: (base, mine, theirs) => Object.fromEntries(KEYS.map((key) => [key, same(mine[key], base[key]) ? theirs[key] : mine[key]]))
    };

    textOf(value, key) {
        if (typeof value === 'boolean') return value ? labels.on : labels.off;
        if (key === 'group_id') return this.groupName(value) ?? value;
        if (value === null) return labels.admins;
        if (!Array.isArray(value)) return String(value);
        const names = new Map(this.answer.choices.map((one) => [one.user_id, one.name]));
        return value.map((id) => names.get(id) ?? id).join(', ');
    }

    get hasNoMail() {
        return !this.answer.has_mail;
    }
    get who() {
        if (this.draft.group_id || this.wantsGroup) return WHO.GROUP;
        return this.draft.people ? WHO.CHOSEN : WHO.ADMINS;
    }
    get isForAdmins() {
        return this.who === WHO.ADMINS;
    }
    get isForChosen() {
        return this.who === WHO.CHOSEN;
    }
    get isForGroup() {
        return this.who === WHO.GROUP;
    }
    get groupOptions() {
        const offered = this.groups ?? [];
        const { group_id: id } = this.draft;
        return !id || this.groupName(id) ? offered : [...offered, { value: id, label: id }];
    }
    groupName(id) {
        return (this.groups ?? []).find(({ value }) => value === id)?.label;
    }
    get groupError() {
        return this.errors.get('group_id') ?? null;
    }
    /** Salesforce is asked only where a group is told, or about to be. */
    accept(loaded) {
        super.accept(loaded);
        this.wantsGroup = false;
        if (this.draft.group_id) this.askForGroups();
    }
    async askForGroups() {
        if (this.groups) return;
        this.groups = [];
        try {
            this.groups = (await messageGroups()).map(({ id, name }) => ({ value: id, label: name }));
        } catch (error) {
            Object.assign(this, { groups: null, groupsProblem: error.message });
        }
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
        this.wantsGroup = target.value === WHO.GROUP;
        if (this.wantsGroup) this.askForGroups();
        this.change({ ...this.draft, group_id: null, people: target.value === WHO.CHOSEN ? admins : null });
    }
    handleDiscard() {
        this.wantsGroup = false;
        super.handleDiscard();
    }
    async handleSave() {
        if (this.isForGroup && !this.draft.group_id) this.errors = new Map([['group_id', labels.groupMissing]]);
        else await super.handleSave();
    }
    handleGroup({ detail: { value } }) {
        this.change({ ...this.draft, group_id: value });
    }
    handlePerson({ target }) {
        const others = this.draft.people.filter((id) => id !== target.dataset.person);
        this.change({ ...this.draft, people: target.checked ? [...others, target.dataset.person].sort() : others });
    }
}
