// The list of Salesforce variables, while an admin changes it: values in, values out. A field is one variable, so its key names the row.
import { format } from 'c/accordLabels';
import { keyOf, merged, newer } from 'c/accordRowList';
import { variablesLabels as labels } from 'c/accordSettingsLabels';

const KEPT = ['label', 'read', 'write'];
const PLACE = /^rows\.(\d+)$/;

export const draftOf = ({ enabled, rows }) => ({ enabled, rows: rows.map((row) => ({ ...row, key: keyOf(row) })) });
export const settingsOf = ({ enabled, rows }) => ({
    enabled,
    rows: rows.map(({ sobject, field, label, read, write }) => ({ sobject, field, label, read, write }))
});

export const newRow = (row) => ({ ...row, key: keyOf(row), read: true, write: false, status: 'unchecked', reason: null });

/** What is written is read too: without Read there is no Write, and Write brings Read. */
export function withRight(row, name, isOn) {
    if (name === 'read') return { ...row, read: isOn, write: row.write && isOn };
    return { ...row, write: isOn, read: row.read || isOn };
}

/** What another admin is told about. */
export function factsOf({ rows }) {
    const yes = (is) => (is ? labels.yes : labels.no);
    const facts = rows.map((row) => [
        row.key,
        { name: `${row.label} (${row.key})`, text: format(labels.fact, row.label, yes(row.read), yes(row.write)) }
    ]);
    return new Map([
        ...facts,
        ['order', { name: labels.order, text: rows.map(({ label }) => label).join(', '), is: rows.map(({ key }) => key).join() }]
    ]);
}

/** My draft with what somebody else has changed; what both have changed stays mine, and no row of either is lost. */
export const mergeOf = (base, mine, theirs) => ({
    enabled: newer(base.enabled, mine.enabled, theirs.enabled),
    rows: merged(base.rows, mine.rows, theirs.rows, KEPT)
});

/** What an error at a place such as rows.1 is about: the key of the row. */
export const placed = ({ rows }, place) => rows[PLACE.exec(place)?.[1]]?.key ?? place;
