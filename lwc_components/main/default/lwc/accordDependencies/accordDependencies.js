/** Dependent picklists: what is offered beside the value of another field, and what happens when that one changes. Pure. */
import labels, { format } from 'c/accordLabels';
import { edit, revert } from 'c/accordEdits';

const rowOf = (rows, key) => rows.find((row) => row.key === key);
const present = (row, { drafts }) => drafts[row.key]?.value ?? row.value;

/** The value that controls a row: as it is typed, as it is shown, or as the record has it when the panel has no such row. */
function controlling(row, rows, edits) {
    const controller = rowOf(rows, row.controller.key);
    return controller ? present(controller, edits) : row.controller.value;
}

const isOffered = (option, value) => !option.valid_for || option.valid_for.includes(value);

/** The row with what its picklist offers now. */
export function narrowed(row, rows, edits) {
    if (!row.controller || !row.options) return row;
    const value = controlling(row, rows, edits);
    return { ...row, options: row.options.filter((option) => isOffered(option, value)) };
}

function clearedWith(edits, row, option, controller) {
    const cleared = edit(edits, row, '');
    const draft = { ...cleared.drafts[row.key], clearedBy: controller.key };
    const note = format(labels.notOffered, option.label, controller.label);
    return { ...cleared, drafts: { ...cleared.drafts, [row.key]: draft }, notes: { ...cleared.notes, [row.key]: note } };
}

function settledRow(edits, row, rows, controller) {
    const value = controlling(row, rows, edits);
    const fits = (wanted) => row.options.some((option) => option.value === wanted && isOffered(option, value));
    const draft = edits.drafts[row.key];
    // what was only cleared on the way comes back when it fits again
    if (draft?.clearedBy === controller.key && draft.value === '' && fits(row.value)) {
        const back = revert(edits, row.key);
        return { ...back, notes: Object.fromEntries(Object.entries(back.notes).filter(([key]) => key !== row.key)) };
    }
    // a value that is offered nowhere any more may stay as it is
    const chosen = row.options.find((option) => option.value === present(row, edits));
    return chosen && !isOffered(chosen, value) ? clearedWith(edits, row, chosen, controller) : edits;
}

/** The edits after the field `key` has changed: what does not fit it any more is cleared, with a note, and so on downwards. */
export function settleDependents(edits, rows, key) {
    const controller = rowOf(rows, key);
    const dependent = rows.filter((row) => row.editable && row.options && row.controller?.key === key);
    return dependent.reduce((known, row) => {
        const next = settledRow(known, row, rows, controller);
        return next === known ? known : settleDependents(next, rows, row.key);
    }, edits);
}
