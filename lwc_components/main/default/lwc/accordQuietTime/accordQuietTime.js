import { format } from 'c/accordLabels';
import { momentOf, timeZone } from 'c/accordMoments';
import AccordBrakeSection from 'c/accordBrakeSection';
import { endQuiet, keepQuiet } from 'c/accordSettingsApi';
import { safetyLabels as labels } from 'c/accordSettingsLabels';

/** Quiet time for a data load: until a time of day nothing is written that nobody waits for. Events: brakes, announce. */
export default class AccordQuietTime extends AccordBrakeSection {
    labels = labels;
    hint = format(labels.quietHint, timeZone);

    get isQuiet() {
        return Boolean(this.brakes.quiet);
    }
    get state() {
        return this.isQuiet ? format(labels.isQuiet, momentOf(this.brakes.quiet.until)) : labels.notQuiet;
    }
    get entryLook() {
        return `slds-form-element entry${this.problem ? ' slds-has-error' : ''}`;
    }
    get described() {
        return this.problem ? 'problem hint' : 'hint';
    }
    get isInvalid() {
        return this.problem ? 'true' : null;
    }
    get keepText() {
        return this.isBusy ? labels.working : labels.quiet;
    }
    get endText() {
        return this.isBusy ? labels.working : labels.quietEnd;
    }
    handleKeep(event) {
        event.preventDefault();
        const until = this.template.querySelector('[data-until]').value;
        if (!until) {
            Object.assign(this, { problem: labels.quietMissing, _focusOn: '[data-until]' });
            return;
        }
        this.act(
            () => keepQuiet(until, timeZone),
            ({ quiet }) => format(labels.quietDone, momentOf(quiet.until)),
            '[data-until]'
        );
    }
    handleEnd() {
        this.act(endQuiet, () => labels.quietEnded);
    }
}
