import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { momentOf, numberOf } from 'c/accordMoments';
import { deliveries, forecast } from 'c/accordSettingsApi';
import { budgetLabels as labels } from 'c/accordSettingsLabels';

const STATES = { ready: labels.stateReady, waiting: labels.stateWaiting, in_flight: labels.stateInFlight, parked: labels.stateParked };
const LANES = { event: labels.laneEvent, backfill: labels.laneBackfill, batch: labels.laneBatch, rep: labels.laneRep };

/** How many API calls the org has left and when they will be used up, and what waits to go out (D65, D68). */
export default class AccordBudget extends LightningElement {
    labels = labels;
    failure = null;
    overview = null;
    calls = null;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            const [calls, overview] = await Promise.all([forecast(), deliveries()]);
            Object.assign(this, { calls, overview });
        } catch (error) {
            this.failure = error;
        }
    }
    handleReload() {
        this.failure = null;
        this.load();
    }

    get isBlank() {
        return !this.overview || Boolean(this.failure);
    }
    get isUnknown() {
        return !this.calls;
    }
    get forecastText() {
        const { left, per_hour: perHour, used_up_at: end } = this.calls;
        const rate = perHour === null ? '' : ` ${format(labels.rate, numberOf(perHour))}`;
        const rest = end ? format(labels.usedUpAt, momentOf(end)) : labels.enough;
        return `${format(labels.left, numberOf(left))}${rate} ${rest}`;
    }
    get stoppedText() {
        const { stopped } = this.calls;
        return stopped.length ? format(labels.stopped, stopped.map((lane) => LANES[lane] ?? lane).join(', ')) : null;
    }
    get callBars() {
        const { used, left, kept_for_people: kept } = this.calls;
        return [
            { key: 'used', label: labels.used, value: used },
            { key: 'free', label: labels.free, value: Math.max(0, left - kept) },
            { key: 'kept', label: labels.kept, value: kept }
        ];
    }
    get seenText() {
        return format(labels.seenAt, momentOf(this.calls.seen_at), numberOf(this.calls.allowed));
    }
    get oldestText() {
        return this.overview.oldest ? format(labels.oldest, momentOf(this.overview.oldest)) : labels.nothingWaits;
    }
    get backlogBars() {
        return Object.entries(STATES).map(([key, label]) => ({ key, label, value: this.overview.counts[key] ?? 0 }));
    }
}
