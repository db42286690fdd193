// The rows of the field sync while an admin changes them: values in, values out.
import { format } from 'c/accordLabels';
import { newer } from 'c/accordRowList';
import { fieldSyncLabels as labels } from 'c/accordSettingsLabels';

/** What a row is known by: the same datum goes to the same field once. */
export const keyOf = ({ datum, path, field }) => `${datum}|${path}|${field}`;
const targetOf = ({ path, field }) => (path ? `${path}.${field}` : field);

export const draftOf = (answer) => ({ ...answer, rows: answer.rows.map((row) => ({ ...row, key: keyOf(row) })) });
export const settingsOf = ({ enabled, check_minutes: minutes, rows }) => ({
    enabled,
    check_minutes: minutes,
    rows: rows.map(({ id, datum, path, field }) => (id ? { id, datum, path, field } : { datum, path, field }))
});

export const addRow = (draft, row) => {
    const fresh = { ...row, key: keyOf(row), target: targetOf(row), status: 'unchecked', reason: null, since: null };
    return { ...draft, rows: [...draft.rows, fresh] };
};
/** The row goes elsewhere, or another datum goes there; it stays the row that it is. */
export const changeRow = (draft, key, row) => {
    const facts = { ...row, key: keyOf(row), target: targetOf(row), status: 'unchecked', reason: null, since: null };
    return { ...draft, rows: draft.rows.map((one) => (one.key === key ? { ...one, ...facts } : one)) };
};
/** Rows that write something else than before: new ones, and those that were changed. */
export const changedRows = (before, after) => {
    const known = new Map(before.rows.map(({ id, key }) => [id, key]));
    return after.rows.filter(({ id, key }) => known.get(id) !== key);
};
/** What the buttons of a row say. */
export const namesOf = ({ datum_label: name, target }) => ({
    up: format(labels.up, name),
    down: format(labels.down, name),
    edit: format(labels.edit, name, target),
    remove: format(labels.remove, name, target)
});

/** Where a row writes to, as a person reads it. */
export const whereOf = ({ sobject, field_label: label, target }) => {
    const name = label ? `${label} (${target})` : target;
    return sobject ? format(labels.fieldOn, name, sobject) : name;
};

/** What another admin is told about. */
export function factsOf({ enabled, check_minutes: minutes, rows }) {
    return new Map([
        ['enabled', { name: labels.enabled, text: enabled ? labels.on : labels.off }],
        ['minutes', { name: labels.checkMinutes, text: String(minutes) }],
        ...rows.map((row) => [row.key, { name: `${row.datum_label} → ${row.target}`, text: row.key }])
    ]);
}

/** My draft with what somebody else has changed: rows that he added come, rows that he removed go. */
export function mergeOf(base, mine, theirs) {
    const [before, here, there] = [base, mine, theirs].map(({ rows }) => new Set(rows.map(({ key }) => key)));
    const kept = mine.rows.filter(({ key }) => there.has(key) || !before.has(key));
    const added = theirs.rows.filter(({ key }) => !before.has(key) && !here.has(key));
    return {
        ...mine,
        enabled: newer(base.enabled, mine.enabled, theirs.enabled),
        check_minutes: newer(base.check_minutes, mine.check_minutes, theirs.check_minutes),
        rows: [...kept, ...added]
    };
}

/** What an error at a place such as rows.3 is about: the key of the row. */
export function placed(draft, place) {
    const [, row] = /^rows\.(\d+)$/.exec(place) ?? [];
    return row ? (draft.rows[row]?.key ?? place) : place;
}
