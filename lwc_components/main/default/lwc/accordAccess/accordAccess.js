import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { accessList } from 'c/accordSettingsApi';
import { accessLabels as labels } from 'c/accordSettingsLabels';

const yesOf = (is) => (is ? labels.yes : labels.no);

/** Who may what in Accord and what he lacks, and giving it. Event: announce. */
export default class AccordAccess extends LightningElement {
    labels = labels;
    failure = null;
    found = null;
    text = '';
    lackingOnly = false;
    /** The ids of those that were chosen. */
    chosen = [];

    connectedCallback() {
        this.load();
    }
    async load() {
        this.failure = null;
        try {
            this.found = await accessList();
            this.chosen = [];
        } catch (error) {
            this.failure = error;
        }
    }

    get isBlank() {
        return !this.found || Boolean(this.failure);
    }
    get cannot() {
        return this.found.can_assign ? null : format(labels.cannot, this.found.why_not);
    }
    get wanted() {
        const text = this.text.trim().toLowerCase();
        const isNamed = ({ name, username }) => `${name} ${username}`.toLowerCase().includes(text);
        return this.found.people.filter((person) => isNamed(person) && !(this.lackingOnly && !person.missing.length));
    }
    get people() {
        return this.wanted.map((person) => ({
            ...person,
            isProcess: person.kind === 'automated_process',
            isChosen: this.chosen.includes(person.user_id),
            chooseLabel: format(labels.choose, person.name),
            repText: yesOf(person.rep),
            adminText: yesOf(person.admin),
            flowText: yesOf(person.flow),
            lacks: person.missing.map(({ name, why }) => ({ key: name, text: `${name}: ${why}` }))
        }));
    }
    get hasPeople() {
        return this.wanted.length > 0;
    }
    get count() {
        return this.hasPeople ? format(labels.count, this.wanted.length, this.found.people.length) : labels.none;
    }

    handleText({ target }) {
        this.text = target.value;
    }
    handleLacking({ target }) {
        this.lackingOnly = target.checked;
    }
    handleChoose({ target }) {
        const { id } = target.dataset;
        this.chosen = target.checked ? [...this.chosen, id] : this.chosen.filter((one) => one !== id);
    }
    /** Access was given: the table tells who has it now. */
    handleGiven({ detail }) {
        this.dispatchEvent(new CustomEvent('announce', { detail }));
        this.load();
    }
}
