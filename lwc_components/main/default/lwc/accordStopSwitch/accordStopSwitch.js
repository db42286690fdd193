import { format } from 'c/accordLabels';
import { momentOf, numberOf } from 'c/accordMoments';
import AccordBrakeSection from 'c/accordBrakeSection';
import { startWriting, stopWriting } from 'c/accordSettingsApi';
import { safetyLabels as labels } from 'c/accordSettingsLabels';

/** The stop switch: nothing more is written to the org, and what waits stays. Events: brakes, announce. */
export default class AccordStopSwitch extends AccordBrakeSection {
    labels = labels;

    get isStopped() {
        return Boolean(this.brakes.stopped);
    }
    get state() {
        return format(this.isStopped ? labels.stopped : labels.running, this.brakes.org.name);
    }
    get look() {
        return `state ${this.isStopped ? 'stopped' : 'running'}`;
    }
    get icon() {
        return this.isStopped ? { name: 'utility:ban', variant: 'error' } : { name: 'utility:success', variant: 'success' };
    }
    get since() {
        const { stopped } = this.brakes;
        return stopped && format(labels.since, momentOf(stopped.since), stopped.by ?? labels.byAccord);
    }
    get underWay() {
        const { stopped, under_way: count } = this.brakes;
        if (!stopped || !count) return null;
        return count === 1 ? labels.underWayOne : format(labels.underWay, numberOf(count));
    }
    get button() {
        return this.isStopped
            ? { text: labels.start, look: 'slds-button slds-button_brand' }
            : { text: labels.stop, look: 'slds-button slds-button_destructive' };
    }
    get ask() {
        const { name } = this.brakes.org;
        if (!this.isStopped) {
            const facts = [labels.stopWhat, labels.stopReps, labels.stopQueue];
            return { title: format(labels.stopAsk, name), facts, confirm: labels.stopConfirm, look: 'slds-button slds-button_destructive' };
        }
        const facts = [this.waiting, labels.startOthers];
        return { title: format(labels.startAsk, name), facts, confirm: labels.startConfirm, look: 'slds-button slds-button_brand' };
    }
    get waiting() {
        const { count, calls } = this.brakes.waiting;
        if (!count) return labels.startNothing;
        return count === 1 ? labels.startWhatOne : format(labels.startWhat, numberOf(count), numberOf(calls));
    }
    get confirmText() {
        return this.isBusy ? labels.working : this.ask.confirm;
    }
    handleConfirm() {
        if (this.isStopped) this.act(startWriting, () => labels.startDone);
        else this.act(stopWriting, () => labels.stopDone);
    }
}
