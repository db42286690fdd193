import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { safetyLabels as labels } from 'c/accordSettingsLabels';

const shown = ({ sobject, kind, creates, count }) => ({
    key: `${sobject} ${kind} ${creates}`,
    sobject,
    happened: kind.replaceAll('_', ' '),
    what: creates ? labels.creates : labels.changes,
    count: numberOf(count)
});

/** What Accord would write now if nothing kept it: a table by object. */
export default class AccordWaiting extends LightningElement {
    /** {count, calls, writes: [{sobject, kind, creates, count}]} */
    @api waiting;
    labels = labels;

    get sum() {
        const { count, calls } = this.waiting;
        if (!count) return labels.waitingNothing;
        return count === 1 ? labels.waitingOne : format(labels.waiting, numberOf(count), numberOf(calls));
    }
    get hasWrites() {
        return this.waiting.writes.length > 0;
    }
    get writes() {
        return this.waiting.writes.map(shown);
    }
}
