import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { momentOf, numberOf } from 'c/accordMoments';
import { deliveries, forecast } from 'c/accordSettingsApi';
import { budgetLabels as labels } from 'c/accordSettingsLabels';

const STATES = { ready: labels.stateReady, waiting: labels.stateWaiting, in_flight: labels.stateInFlight, parked: labels.stateParked };
const LIMITS = { people: labels.limitPeople, backfill: labels.limitBackfill, own_share: labels.limitOwnShare };
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

    @api get hasUnsaved() {
        return Boolean(this.template.querySelector('c-accord-call-budget')?.hasUnsaved);
    }
    handleAnnounce({ detail: { text } }) {
        this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
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
    get ownText() {
        return format(labels.own, numberOf(this.calls.own), numberOf(this.calls.own_most));
    }
    /** What rests and what will, one line for each limit and moment. */
    get stops() {
        const lines = new Map();
        for (const { priority, limit, at } of this.calls.stops) {
            const line = lines.get(`${limit} ${at}`) ?? { limit, at, lanes: [] };
            line.lanes.push(LANES[priority] ?? priority);
            lines.set(`${limit} ${at}`, line);
        }
        return [...lines.values()].map(({ limit, at, lanes }) => {
            const [names, why] = [lanes.join(', '), LIMITS[limit]];
            if (!at) return { isNow: true, state: 'now', look: 'stopped', text: format(labels.stopNow, names, why) };
            return { isNow: false, state: 'later', look: 'hint', text: format(labels.stopAt, momentOf(at), names, why) };
        });
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
