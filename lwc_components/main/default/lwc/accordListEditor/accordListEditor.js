import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';

const PLACE = /\.(\d+)$/;

/**
 * A page whose settings are a list of entries, each a form of its own: added, changed, moved and taken out, with what was refused at
 * its field. An entry has an `id`, a new one before it is saved. On the page it is the component `rules.entry`, beside it stands its
 * c-accord-row-order, and both have the `data-id`. A page sets in `rules`, besides what every page with settings does:
 *   list: the name of the list in the draft, newEntry(entries), withChanges(entries, id, changes), nameOf(entry),
 *   labels {up, down, removeOf, movedTo, removed}: what the buttons say, and what is announced.
 */
export default class AccordListEditor extends AccordSettingsEditor {
    /** id of an entry -> {field: message}, of what was refused. */
    refused = new Map();

    get entries() {
        return this.draft[this.rules.list];
    }
    get isEmpty() {
        return !this.entries.length;
    }
    get busy() {
        return String(this.isSaving);
    }
    /** A problem of all entries together. */
    get overall() {
        return this.errors.get(this.rules.list);
    }
    /** What the page shows of every entry, besides what is its own. */
    framesOf() {
        const { nameOf, labels } = this.rules;
        return this.entries.map((entry, place) => ({
            id: entry.id,
            entry,
            place,
            errors: this.refused.get(entry.id) ?? {},
            names: {
                up: format(labels.up, nameOf(entry)),
                down: format(labels.down, nameOf(entry)),
                remove: format(labels.removeOf, nameOf(entry))
            }
        }));
    }
    accept(loaded) {
        super.accept(loaded);
        this.refused = new Map();
    }
    async refuse(error) {
        const refused = new Map();
        for (const { key, field, message } of error.items ?? []) {
            const entry = this.entries[PLACE.exec(key)?.[1]];
            if (entry) refused.set(entry.id, { [field]: message, ...refused.get(entry.id) });
        }
        this.refused = refused;
        await super.refuse(error);
    }
    problemElement() {
        const [bad] = this.refused.keys();
        return bad ? this.elementOf(bad) : super.problemElement();
    }
    find(id) {
        return this.entries.find((entry) => entry.id === id);
    }
    elementOf(id, tag = this.rules.entry) {
        return this.template.querySelector(`${tag}[data-id="${id}"]`);
    }
    orderOf(id) {
        return this.elementOf(id, 'c-accord-row-order');
    }
    changeEntries(entries) {
        this.change({ [this.rules.list]: entries });
    }

    handleAdd() {
        const entry = this.rules.newEntry(this.entries);
        this.changeEntries([...this.entries, entry]);
        this.focusLater(() => this.elementOf(entry.id));
    }
    handleEdit({ detail: { id, changes } }) {
        this.changeEntries(this.rules.withChanges(this.entries, id, changes));
    }
    handleMove({ currentTarget, detail: { by } }) {
        const entry = this.find(currentTarget.dataset.id);
        const entries = this.entries.filter((one) => one !== entry);
        const place = this.entries.indexOf(entry) + by;
        entries.splice(place, 0, entry);
        this.changeEntries(entries);
        this.announce(format(this.rules.labels.movedTo, this.rules.nameOf(entry), place + 1, entries.length));
        this.focusLater(() => this.orderOf(entry.id));
    }
    handleRemove({ currentTarget }) {
        this.remove(currentTarget.dataset.id);
    }
    remove(id) {
        const entry = this.find(id);
        this.announce(format(this.rules.labels.removed, this.rules.nameOf(entry)));
        this.changeEntries(this.entries.filter((one) => one !== entry));
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }
}
