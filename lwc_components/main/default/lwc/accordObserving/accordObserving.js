import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import AccordBrakeSection from 'c/accordBrakeSection';
import { endObserving, observeOrg } from 'c/accordSettingsApi';
import { safetyLabels as labels } from 'c/accordSettingsLabels';

/** Observing: everything runs and is counted, nothing is written; typing the org's name ends it. Events: brakes, announce. */
export default class AccordObserving extends AccordBrakeSection {
    labels = labels;

    get observed() {
        const { observed, org } = this.brakes;
        return observed && format(labels.observed, org.name, momentOf(observed.until));
    }
    get nameLabel() {
        return format(labels.orgName, this.brakes.org.name);
    }
    get ask() {
        return format(labels.observeAsk, this.brakes.org.name);
    }
    get entryLook() {
        return `slds-form-element entry${this.problem ? ' slds-has-error' : ''}`;
    }
    get described() {
        return this.problem ? 'problem' : null;
    }
    get isInvalid() {
        return this.problem ? 'true' : null;
    }
    get endText() {
        return this.isBusy ? labels.working : labels.observeEnd;
    }
    get confirmText() {
        return this.isBusy ? labels.working : labels.observeConfirm;
    }
    handleConfirm() {
        this.act(observeOrg, () => labels.observeDone);
    }
    handleEnd(event) {
        event.preventDefault();
        const name = this.template.querySelector('[data-name]').value;
        this.act(
            () => endObserving(name),
            () => labels.observeEnded,
            '[data-name]'
        );
    }
}
