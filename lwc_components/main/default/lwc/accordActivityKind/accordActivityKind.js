import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { activityLabels as labels } from 'c/accordSettingsLabels';

const FOLDING = { none: labels.foldNone, day: labels.foldDay, minutes: labels.foldMinutes };
const INTERNAL = { excluded: labels.internalExcluded, marked: labels.internalMarked };
const optionsOf = (texts, chosen) => Object.entries(texts).map(([value, label]) => ({ value, label, selected: value === chosen }));

/** One kind of activity: whether it becomes Tasks, in which words, and how repeats are folded. Events: edit {kind, changes}, preview {kind}. */
export default class AccordActivityKind extends LightningElement {
    @api settings;
    /** Name of a setting -> what is wrong with it. */
    @api errors = {};
    @api previewOpen = false;
    labels = labels;

    /** The first entry that is wrong, else the switch. */
    @api focus() {
        const [wrong] = Object.keys(this.errors);
        (this.template.querySelector(`[data-name="${wrong}"]`) ?? this.template.querySelector('[data-enabled]')).focus();
    }
    get expanded() {
        return String(this.previewOpen);
    }
    get previewLabel() {
        return format(labels.previewOf, this.settings.prefix);
    }
    get foldings() {
        return optionsOf(FOLDING, this.settings.folding);
    }
    get internals() {
        return optionsOf(INTERNAL, this.settings.internal);
    }
    get hasMinutes() {
        return this.settings.folding === 'minutes';
    }
    get isFolded() {
        return this.settings.folding !== 'none';
    }

    edit(changes) {
        this.dispatchEvent(new CustomEvent('edit', { detail: { kind: this.settings.kind, changes } }));
    }
    handleChecked({ target }) {
        this.edit({ enabled: target.checked });
    }
    handleEntry({ target }) {
        this.edit({ [target.dataset.name]: target.value });
    }
    handleNumber({ target }) {
        // what is no number is refused by Accord, at this entry
        this.edit({ minutes: target.value === '' ? 0 : Number(target.value) });
    }
    handlePreview() {
        this.dispatchEvent(new CustomEvent('preview', { detail: { kind: this.settings.kind } }));
    }
}
