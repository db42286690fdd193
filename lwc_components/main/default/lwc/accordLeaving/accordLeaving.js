import { LightningElement } from 'lwc';
import { csvOf, saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { whatLeaves } from 'c/accordSettingsApi';
import { leavingLabels as labels } from 'c/accordSettingsLabels';
import { lineOf, linesOf } from './lines';

const COLUMNS = ['field', 'why', 'where', 'kept', 'seenBy'];

/** Each field that leaves the org, why, where copies lie, for how long, and who can see them. Event: announce. */
export default class AccordLeaving extends LightningElement {
    labels = labels;
    failure = null;
    found = null;
    text = '';
    copiesOnly = false;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            this.found = await whatLeaves();
        } catch (error) {
            this.failure = error;
        }
    }
    handleReload() {
        this.failure = null;
        this.load();
    }

    get isBlank() {
        return !this.found || Boolean(this.failure);
    }
    get region() {
        const { region } = this.found;
        return region ? format(labels.region, region) : labels.regionUnknown;
    }
    get places() {
        return this.found.places;
    }
    get fields() {
        return linesOf(this.found);
    }
    get wanted() {
        const text = this.text.trim().toLowerCase();
        return this.fields.filter((line) => line.words.includes(text) && !(this.copiesOnly && !line.copies.length));
    }
    get hasFields() {
        return this.wanted.length > 0;
    }
    get count() {
        return this.hasFields ? format(labels.count, numberOf(this.wanted.length), numberOf(this.fields.length)) : labels.none;
    }

    handleText({ target }) {
        this.text = target.value;
    }
    handleCopies({ target }) {
        this.copiesOnly = target.checked;
    }
    /** The same lines, one for each copy. */
    handleCsv() {
        saveFile('accord-what-leaves.csv', csvOf([COLUMNS.map((name) => labels[name]), ...this.wanted.flatMap(lineOf)]));
        this.dispatchEvent(new CustomEvent('announce', { detail: { text: labels.csvDone } }));
    }
}
