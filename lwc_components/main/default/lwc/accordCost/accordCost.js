import { LightningElement } from 'lwc';
import { aboutOf, nameOf, roundedOf } from 'c/accordCostWords';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { costOverview } from 'c/accordSettingsApi';
import { costLabels as labels } from 'c/accordSettingsLabels';

const HOURS = 24;
const stateOf = (isOn) => {
    if (isOn === null) return { text: labels.noSwitch };
    return isOn
        ? { badge: labels.on, look: 'slds-badge slds-theme_success' }
        : { badge: labels.off, look: 'slds-badge slds-badge_lightest' };
};
const shown = (cost) => ({
    key: cost.feature,
    name: nameOf(cost.feature),
    state: stateOf(cost.is_on),
    records: aboutOf(cost.records_a_day),
    calls: cost.is_at_most ? format(labels.atMost, aboutOf(cost.calls_a_day)) : aboutOf(cost.calls_a_day),
    reads: aboutOf(cost.reads_a_day),
    storage: aboutOf(cost.storage_mb_a_day)
});

/** What is on and what it costs the org a day, beside what the org has left (D65). */
export default class AccordCost extends LightningElement {
    labels = labels;
    failure = null;
    found = null;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            this.found = await costOverview();
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
    get features() {
        return this.found.features.map(shown);
    }
    get looking() {
        return aboutOf(this.found.looking_calls_a_day);
    }
    get reads() {
        return this.found.total.reads_a_day + this.found.looking_calls_a_day;
    }
    get total() {
        return { ...shown(this.found.total), reads: aboutOf(this.reads) };
    }
    get measured() {
        const { measured_calls: calls } = this.found;
        return calls === null ? labels.measuredNone : format(labels.measured, numberOf(calls));
    }
    get because() {
        return this.found.total.because;
    }
    get notKnown() {
        const { not_known: reason } = this.found.room;
        return reason && format(labels.leftUnknown, reason);
    }
    /** What Accord uses of each thing beside what is left of it for everybody. */
    get rooms() {
        const { features, total, room } = this.found;
        const events = features.find(({ feature }) => feature === 'events').records_a_day / HOURS;
        const uses = [
            ['calls', labels.roomCalls, room.calls_a_day, labels.roomUses, total.calls_a_day + this.reads],
            ['events', labels.roomEvents, room.events_an_hour, labels.roomUses, events],
            ['storage', labels.roomStorage, room.storage_mb, labels.roomAdds, total.storage_mb_a_day]
        ];
        return uses.map(([key, name, share, label, used]) => ({
            key,
            name,
            isTold: Boolean(share),
            most: share?.most,
            items: share && [
                { key: 'uses', label, value: roundedOf(used) },
                { key: 'left', label: format(labels.roomLeft, numberOf(share.most)), value: share.left }
            ]
        }));
    }
}
