import { LightningElement } from 'lwc';
import { saveFile } from 'c/accordDownload';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { supportBundle } from 'c/accordSettingsApi';
import { shellLabels as shell, supportLabels as labels } from 'c/accordSettingsLabels';

const FILE = 'accord-support.zip';
const IN_IT = [labels.versions, labels.settings, labels.doctor, labels.backlog, labels.errors];
const NOT_IN_IT = [labels.noValues, labels.noNames, labels.noSecrets, labels.noWords];

/** A file for whoever helps: what is in it and what is not, made and saved by one button. */
export default class AccordSupport extends LightningElement {
    labels = labels;
    inIt = IN_IT;
    notInIt = NOT_IN_IT;
    isBusy = false;
    saved = null;
    problem = null;
    _isFocusDue = false;

    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-problem]')?.focus();
    }
    get makeText() {
        return this.isBusy ? labels.working : labels.make;
    }
    get reference() {
        const { reference } = this.problem;
        return reference && format(shell.reference, reference);
    }
    async handleMake() {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, saved: null, problem: null });
        try {
            const bytes = await supportBundle();
            saveFile(FILE, bytes);
            this.saved = format(labels.saved, FILE, numberOf(Math.ceil(bytes.length / 1024)));
        } catch (error) {
            Object.assign(this, { problem: error, _isFocusDue: true });
        } finally {
            this.isBusy = false;
        }
    }
}
