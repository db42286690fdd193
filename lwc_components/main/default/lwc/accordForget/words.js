// What is to be forgotten, and what became of it, in words: values in, values out.
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { forgetLabels as labels } from 'c/accordSettingsLabels';

/** An address has an @, an id of Salesforce never. */
export const subjectOf = (entered) => (entered.includes('@') ? { email: entered } : { salesforce_id: entered });

/** Whether what is typed to confirm is what was entered: ids of Salesforce are not blind to case, addresses are. */
export const isSame = (typed, entered) => typed === entered || (entered.includes('@') && typed.toLowerCase() === entered.toLowerCase());

export const sumOf = (count, many, one) => (count === 1 ? one : format(many, numberOf(count)));
export const rowsOf = (places) => places.map(({ place, title, count }) => ({ place, title, count: numberOf(count) }));

export function factsOf({ is_person: isPerson }) {
    const facts = isPerson ? [labels.deedsStay] : [labels.planStays, labels.knownAgain];
    return [labels.forGood, labels.notThere, ...facts];
}

/** The lines of the receipt above its table. */
export function receiptOf({ what, at, places, left }) {
    const count = places.reduce((sum, place) => sum + place.count, 0);
    const lines = [
        format(labels.receiptOf, what, at),
        count ? sumOf(count, labels.done, labels.doneOne) : labels.doneNone,
        left ? format(labels.left, numberOf(left)) : labels.leftNone
    ];
    return lines.map((text) => ({ text }));
}
