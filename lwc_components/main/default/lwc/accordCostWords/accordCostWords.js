// What a part of Accord costs the org a day, and what the org has left, in words: as the API answers, values in, values out.
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { costLabels as labels } from 'c/accordSettingsLabels';

const EXACT_BELOW = 10;

/** A measured number as it is told: a large one has no decimals, which nothing of it would hold. */
export const roundedOf = (number) => (number < EXACT_BELOW ? Math.round(number * 10) / 10 : Math.round(number));
export const aboutOf = (number) => numberOf(roundedOf(number));

const NAMES = {
    ...{ activity: labels.activity, fields: labels.fields, two_way: labels.twoWay, events: labels.events },
    ...{ contacts: labels.contacts, auto_create: labels.autoCreate, messages: labels.messages }
};

export const nameOf = (feature) => NAMES[feature] ?? feature;

/** A day's worth of a feature in a sentence, and how that is known. */
export function dailyText({
    feature,
    measured_days: days,
    records_a_day: records,
    calls_a_day: calls,
    reads_a_day: reads,
    storage_mb_a_day: storage,
    because
}) {
    if (!days) return because;
    const [many, asked, large] = [aboutOf(records), aboutOf(calls + reads), aboutOf(storage)];
    const cost = feature === 'activity' ? format(labels.dailyTasks, many, asked, large) : format(labels.dailyRecords, many, asked);
    return `${cost} ${because}`;
}

/** What is left for everybody, as far as the org tells. */
export function leftText({ calls_a_day: calls, storage_mb: storage }) {
    const parts = [
        [labels.leftCalls, calls],
        [labels.leftStorage, storage]
    ];
    const told = parts.filter(([, share]) => share);
    return told.map(([label, { left, most }]) => format(label, numberOf(left), numberOf(most))).join(' ');
}

/** Everything that Enable says of one feature. */
export function costText(overview, feature) {
    const cost = overview.features.find((each) => each.feature === feature);
    const looking = feature === 'two_way' ? format(labels.dailyLooking, numberOf(overview.looking_calls_a_day)) : '';
    return [dailyText(cost), looking, leftText(overview.room)].filter(Boolean).join(' ');
}
