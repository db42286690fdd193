// What disconnecting would do, and what became of it, in words: values in, values out.
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { disconnectLabels as labels } from 'c/accordSettingsLabels';

const sumOf = (places) => places.reduce((sum, { count }) => sum + count, 0);

export function factsOf({ unwritten, parked, backfills, logins, plans, copies }) {
    return [
        unwritten ? format(labels.unwritten, numberOf(unwritten), numberOf(parked)) : labels.unwrittenNone,
        backfills ? labels.backfill : null,
        format(labels.logins, numberOf(logins)),
        format(labels.copies, numberOf(sumOf(copies))),
        plans ? format(labels.plansStay, numberOf(plans)) : null,
        labels.forGood
    ].filter(Boolean);
}

export const rowsOf = (places) => places.map(({ place, title, count }) => ({ place, title, count: numberOf(count) }));

/** The lines of the receipt above its table. */
export function receiptOf(receipt, at) {
    const { org_name: name, logins_not_confirmed: open, finished_at: finishedAt, left } = receipt;
    return [
        format(labels.receiptOf, name, at),
        finishedAt ? null : labels.unfinished,
        format(labels.loginsEnded, numberOf(receipt.logins_ended)),
        open ? format(labels.loginsOpen, numberOf(open)) : null,
        format(labels.neverMade, numberOf(receipt.unwritten)),
        format(labels.rowsGone, numberOf(sumOf(receipt.deleted))),
        receipt.plans_deleted ? labels.plansGone : labels.plansKept,
        left ? format(labels.left, numberOf(left)) : labels.leftNone
    ].filter(Boolean);
}
