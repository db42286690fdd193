// What the panel shows, from what it knows. Pure.
import labels, { format } from 'c/accordLabels';
import { isConflict } from 'c/accordEdits';

export const rowsOf = (panel) => panel.tabs.flatMap((tab) => tab.rows);

/** The panel with some rows exchanged. */
export function withRows(panel, rows) {
    const fresh = new Map(rows.map((row) => [row.key, row]));
    return { ...panel, tabs: panel.tabs.map((tab) => ({ ...tab, rows: tab.rows.map((row) => fresh.get(row.key) ?? row) })) };
}

const referenceOf = (error) => (error.reference ? format(labels.reference, error.reference) : null);

const NO_RECORD = { state: 'no-record', icon: 'utility:opportunity', title: labels.noRecordTitle, text: labels.noRecordText };
const NOT_FOUND = { state: 'not-found', icon: 'utility:search', title: labels.notFoundTitle, text: labels.notFoundText };
const NOTHING = { state: 'empty', icon: 'utility:settings', title: labels.nothingTitle, text: labels.nothingText };

/** What stands in place of the fields, null when there are fields to show. */
export function blankFor({ recordId, failure, panel }) {
    if (!recordId) return NO_RECORD;
    if (failure?.code === 'NOT_FOUND') return NOT_FOUND;
    if (failure) {
        const isSignedOut = failure.code === 'SIGN_IN_AGAIN';
        return {
            state: 'failed',
            icon: isSignedOut ? 'utility:lock' : 'utility:warning',
            title: labels.failedTitle,
            text: isSignedOut ? labels.signInAgain : failure.message,
            reference: referenceOf(failure),
            retry: !isSignedOut
        };
    }
    return panel && rowsOf(panel).length === 0 ? NOTHING : null;
}

const LOOK = 'banner slds-scoped-notification';
const INFO = { kind: 'read-only', role: 'note', icon: 'utility:lock', look: `${LOOK} slds-scoped-notification_light`, lines: [] };
const STALE = { kind: 'stale', role: 'alert', icon: 'utility:warning', look: `${LOOK} banner_stale` };
const ERROR = { kind: 'error', role: 'alert', icon: 'utility:error', variant: 'error', look: `${LOOK} banner_error` };

/** Messages that belong to no field on the screen, each once, and the hint to the marked ones. */
function linesOf({ refusal, errors, drafts }, rows) {
    const marked = new Set(rows.map((row) => row.key).filter((key) => key in errors || isConflict(drafts[key])));
    const others = refusal.items.filter((item) => !marked.has(item.key)).map((item) => item.message);
    const texts = refusal.items.length ? others : [refusal.message];
    if (Object.keys(errors).length) texts.push(labels.checkFields);
    return [...new Set(texts)].map((text) => ({ key: text, text }));
}

/** The strip above the fields, null when there is nothing to say. */
export function bannerFor({ edits, rows }) {
    const { refusal } = edits;
    if (refusal?.code === 'STALE_EDIT') {
        return { ...STALE, title: labels.staleTitle, lines: [{ key: 'what', text: labels.staleText }] };
    }
    if (refusal) {
        const title = refusal.saved?.length ? labels.partlySavedTitle : labels.notSavedTitle;
        return { ...ERROR, title, lines: linesOf(edits, rows), reference: referenceOf(refusal) };
    }
    return rows.every((row) => !row.editable) ? { ...INFO, title: labels.allReadOnly } : null;
}
