/**
 * What has been typed and not saved yet, and what Salesforce said about it. Pure: every function answers with a new object.
 *
 * {drafts: key -> {type, value, seen, seen_currency, theirs, theirs_currency}, errors: key -> text, notes: key -> text, refusal: the error of the last save}
 * `seen` is the value that the person saw when the edit began; a save is refused when Salesforce holds another by then. The same
 * digits in another currency are another amount: `seen_currency` is that of the row, null where the org has one alone (W14).
 * `theirs` is there while both values are shown and neither has been chosen.
 */
import { sameValue } from 'c/accordValues';

export const CLEAN = Object.freeze({ drafts: {}, errors: {}, notes: {}, refusal: null });

const without = (map, key) => Object.fromEntries(Object.entries(map).filter(([other]) => other !== key));

export const isConflict = (draft) => draft !== undefined && 'theirs' in draft;
export const isDirty = (edits) => Object.keys(edits.drafts).length > 0;

const currencyOf = (row) => row.currency ?? null;
/** Whether the value is what the row has, in the same currency. */
const isThere = (row, value, currency) => sameValue(row.type, value, row.value) && (currency ?? null) === currencyOf(row);

const hasConflict = (drafts) => Object.values(drafts).some(isConflict);

/** The banner of a stale edit goes with the last open choice; everything said about the last save goes with the last edit. */
function settled(edits) {
    if (!isDirty(edits)) return { ...edits, errors: {}, refusal: null };
    return edits.refusal?.code === 'STALE_EDIT' && !hasConflict(edits.drafts) ? { ...edits, refusal: null } : edits;
}

/** Typing back the value that was there ends the edit, unless the person still has to choose. */
export function edit(edits, row, value) {
    const known = edits.drafts[row.key];
    const { seen, seen_currency: currency } = known ?? { seen: row.value, seen_currency: currencyOf(row) };
    const isBack = !isConflict(known) && sameValue(row.type, value, seen);
    const drafts = isBack
        ? without(edits.drafts, row.key)
        : { ...edits.drafts, [row.key]: { ...known, type: row.type, value, seen, seen_currency: currency } };
    return settled({ ...edits, drafts, errors: without(edits.errors, row.key), notes: without(edits.notes, row.key) });
}

/** Edits of an earlier visit, as far as their fields can be edited and do not have these values by now. */
export function restored(edits, rows, changes) {
    const found = changes
        .map(({ key, value, ...rest }) => ({ row: rows.find((row) => row.key === key && row.editable), value: value ?? '', ...rest }))
        .filter(({ row, value, seen_currency: currency }) => row && !(row.key in edits.drafts) && !isThere(row, value, currency))
        .map(({ row, value, seen, seen_currency: currency }) => {
            return [row.key, { type: row.type, value, seen, seen_currency: currency ?? null }];
        });
    return { ...edits, drafts: { ...edits.drafts, ...Object.fromEntries(found) } };
}

export function revert(edits, key) {
    return settled({ ...edits, drafts: without(edits.drafts, key), errors: without(edits.errors, key) });
}

export function keepMine(edits, key) {
    const { theirs, theirs_currency: currency, ...draft } = edits.drafts[key];
    return settled({ ...edits, drafts: { ...edits.drafts, [key]: { ...draft, seen: theirs, seen_currency: currency } } });
}

/** While a save is under way, nothing that was said about the last one stands any more. */
export const sending = (edits) => ({ ...edits, errors: {}, refusal: null });

/** What a save sends. */
export const changesOf = ({ drafts }) =>
    Object.entries(drafts).map(([key, { value, seen, seen_currency: currency }]) => {
        return { key, value: value === '' ? null : value, seen, ...(currency ? { seen_currency: currency } : {}) };
    });

/** After a save: what was sent and has not been touched meanwhile is done; what has been is an edit of the saved value. */
export function saved(edits, changes, { rows, variables = [], outcomes = [] }) {
    let drafts = edits.drafts;
    for (const { key, value } of changes) {
        const draft = drafts[key];
        const row = [...rows, ...variables].find((candidate) => candidate.key === key);
        if (!draft || !row) continue;
        const isDone = [value, row.value].some((one) => sameValue(draft.type, draft.value, one));
        drafts = isDone ? without(drafts, key) : { ...drafts, [key]: { ...draft, seen: row.value, seen_currency: currencyOf(row) } };
    }
    const remarks = outcomes.filter(({ outcome }) => outcome === 'ignored_by_platform');
    return { drafts, errors: {}, notes: Object.fromEntries(remarks.map(({ key, message }) => [key, message])), refusal: null };
}

/** After a refused save: what was typed stays; each message goes to its field, where there is one that can be edited. */
export function refused(edits, error, rows) {
    const editable = new Set(rows.filter((row) => row.editable).map((row) => row.key));
    const drafts = { ...edits.drafts };
    const errors = {};
    for (const item of error.items) {
        const { key, theirs, theirs_currency: currency = null } = item;
        if (item.code === 'STALE_EDIT' && drafts[key]) drafts[key] = { ...drafts[key], theirs, theirs_currency: currency };
        else if (editable.has(item.key)) errors[item.key] = item.message;
    }
    return { drafts, errors, notes: {}, refusal: error };
}

/** Messages find their fields when those come to be shown after the refusal. */
export function placed(edits, rows) {
    const items = (edits.refusal?.items ?? []).filter(({ key, code }) => key && code !== 'STALE_EDIT' && !(key in edits.errors));
    const editable = new Set(rows.filter((row) => row.editable).map((row) => row.key));
    const found = items.filter(({ key }) => editable.has(key)).map(({ key, message }) => [key, message]);
    return found.length ? { ...edits, errors: { ...edits.errors, ...Object.fromEntries(found) } } : edits;
}

/** The keys that want a person's attention, in the order of the rows. */
export const problems = ({ drafts, errors }, rows) => rows.map((row) => row.key).filter((key) => key in errors || isConflict(drafts[key]));
