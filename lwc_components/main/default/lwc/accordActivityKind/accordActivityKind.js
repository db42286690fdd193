import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { activityLabels as labels } from 'c/accordSettingsLabels';

const FOLDING = { none: labels.foldNone, day: labels.foldDay, minutes: labels.foldMinutes };
const INTERNAL = { excluded: labels.internalExcluded, marked: labels.internalMarked };
const NUMBER = { type: 'number', min: 1, max: 1440 };
const TEXT = { type: 'text', maxlength: 200 };
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
    /** What can be set of this kind, in order; how often repeats are folded decides what there is. */
    get entries() {
        const { folding, internal } = this.settings;
        return [
            { name: 'folding', label: labels.repeats, options: optionsOf(FOLDING, folding) },
            folding === 'minutes' && this.typed('minutes', labels.minutes, NUMBER),
            this.typed('text', labels.text, TEXT),
            folding !== 'none' && this.typed('folded_text', labels.foldedText, TEXT),
            { name: 'internal', label: labels.internal, options: optionsOf(INTERNAL, internal) }
        ].filter(Boolean);
    }
    typed(name, label, kind) {
        return { name, label, ...kind, value: this.settings[name], errorId: `${name}-error`, error: this.errors[name] };
    }

    edit(changes) {
        this.dispatchEvent(new CustomEvent('edit', { detail: { kind: this.settings.kind, changes } }));
    }
    handleChecked({ target }) {
        this.edit({ enabled: target.checked });
    }
    handleEntry({ target: { dataset, type, value } }) {
        // what is no number is refused by Accord, at this entry
        this.edit({ [dataset.name]: type === 'number' ? Number(value) : value });
    }
    handlePreview() {
        this.dispatchEvent(new CustomEvent('preview', { detail: { kind: this.settings.kind } }));
    }
}
