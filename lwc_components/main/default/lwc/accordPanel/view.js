// What the panel shows, from what it knows. Pure.
import labels, { format } from 'c/accordLabels';
import { narrowed } from 'c/accordDependencies';
import { CLEAN, isConflict } from 'c/accordEdits';
import { isInDoubt } from 'c/accordErrors';
import { momentDay } from 'c/accordMoments';

/** What the panel knows of a record before it is read. */
export const UNREAD = {
    panel: null,
    failure: null,
    edits: CLEAN,
    planError: null,
    planNote: null,
    offeredDraft: null,
    restoredNote: null,
    isJustSaved: false
};

/** Fields that the workspace's plans may name. */
export const variablesOf = (panel) => panel?.variables ?? [];

/** All rows: first those that Salesforce has asked for, as they stand above the tabs; last the variables, of which a field may be one more time. */
export const rowsOf = (panel) => [...(panel.also_needed ?? []), ...panel.tabs.flatMap((tab) => tab.rows), ...variablesOf(panel)];

/** The row of a field where it is edited: it may stand in a tab and among the variables, each with its own name and rights. */
export function rowAt(panel, key) {
    const found = rowsOf(panel).filter((row) => row.key === key);
    return found.find((row) => row.editable) ?? found[0];
}

const changed = (panel, ofRow, ofVariable) => ({
    ...panel,
    tabs: panel.tabs.map((tab) => ({ ...tab, rows: tab.rows.map(ofRow) })),
    variables: variablesOf(panel).map(ofVariable),
    also_needed: (panel.also_needed ?? []).map(ofRow)
});

/** The panel with some rows exchanged, and variables too. */
export function withRows(panel, rows, variables = []) {
    const exchanged = (fresh) => (row) => fresh.find(({ key }) => key === row.key) ?? row;
    return changed(panel, exchanged(rows), exchanged(variables));
}

/** The panel with one field as it is in another. */
export function withField(panel, other, key) {
    const variables = variablesOf(other);
    return withRows(
        panel,
        rowsOf(other).filter((row) => row.key === key && !variables.includes(row)),
        variables.filter((row) => row.key === key)
    );
}

/** The panel with another value of one field, wherever it stands. */
export function withValue(panel, key, facts) {
    const valued = (row) => (row.key === key ? { ...row, ...facts } : row);
    return changed(panel, valued, valued);
}

/** The panel after a save: other tabs may belong to the deal now. What is still being typed keeps its place. */
export function afterSave(before, { rows, tabs, variables }, typedKeys) {
    const panel = { ...before, variables: variables ?? variablesOf(before) };
    const next = { ...(tabs ? { ...panel, tabs } : withRows(panel, rows)), also_needed: [] };
    const there = new Set(rowsOf(next).map((row) => row.key));
    return typedKeys.every((key) => there.has(key)) ? next : withRows(panel, rows);
}

/** Keys of fields that a refusal names and the panel does not show. */
export function missingKeys({ code, items }, rows) {
    const shown = new Set(rows.map((row) => row.key));
    return code === 'STALE_EDIT' ? [] : [...new Set(items.map(({ key }) => key).filter((key) => key && !shown.has(key)))];
}

/** A draft without the question which of two values it shall be. */
function unasked(draft) {
    if (!isConflict(draft)) return draft;
    return Object.fromEntries(Object.entries(draft).filter(([name]) => !['theirs', 'theirs_currency'].includes(name)));
}

/** Rows with all that is known of their edits, and what explains them; a picklist offers what fits the others. */
export function itemsOf(rows, { panel, edits, explain }) {
    const { drafts, errors, notes } = edits;
    const all = rowsOf(panel);
    const itemOf = (row) => {
        const item = { row: narrowed(row, all, edits), draft: drafts[row.key], explain };
        // what is to be said of a field is said once, where it is edited
        if (rowAt(panel, row.key) !== row) return { ...item, draft: unasked(item.draft) };
        return { ...item, error: errors[row.key], note: notes[row.key] };
    };
    return rows.map(itemOf);
}

/** The rows of the section below the tabs; null when there are none. */
export const valuesOf = (panel, facts) => (variablesOf(panel).length ? itemsOf(variablesOf(panel), facts) : null);

export const tabOf = (panel, key) => panel.tabs.find(({ rows }) => rows.some((row) => row.key === key));

export function countOf({ drafts }) {
    const count = Object.keys(drafts).length;
    return count === 1 ? labels.unsavedOne : format(labels.unsavedMany, count);
}

const EXPECTED = new Set([
    ...['SALESFORCE_REFUSED', 'INVALID_VALUE', 'STALE_EDIT', 'ALREADY_CONNECTED'],
    ...['NOT_ALLOWED', 'NOT_FOUND', 'SIGN_IN_AGAIN']
]);

/** What somebody who helps would ask for; nobody needs help with an entry that is not accepted. */
function referenceOf({ code, status, reference }) {
    return reference && !EXPECTED.has(code) && !(status < 500) ? format(labels.reference, reference) : null;
}

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
const INFO = {
    kind: 'read-only',
    role: 'note',
    icon: 'utility:lock',
    look: `${LOOK} slds-scoped-notification_light`,
    lines: [],
    places: []
};
const STALE = { kind: 'stale', role: 'alert', icon: 'utility:warning', look: `${LOOK} banner_stale`, places: [] };
const IN_DOUBT = {
    ...STALE,
    kind: 'in-doubt',
    title: labels.inDoubtTitle,
    lines: [{ key: 'what', text: labels.inDoubtText }]
};
const ERROR = { kind: 'error', role: 'alert', icon: 'utility:error', variant: 'error', look: `${LOOK} banner_error`, places: [] };

/** Items about no field that can be edited here: their messages stand at the top. */
function itemsElsewhere({ refusal, errors, drafts }, rows) {
    const marked = new Set(rows.map((row) => row.key).filter((key) => key in errors || isConflict(drafts[key])));
    return refusal.items.filter((item) => !marked.has(item.key));
}

/** The message, with the name of its field in front where it has one. */
function textOf({ key, field, message }, rows) {
    const name = rows.find((row) => row.key === key)?.label ?? field;
    return name ? `${name}: ${message}` : message;
}

/** Messages that belong to no editor on the screen, each once, and the hint to the marked ones. */
function linesOf(edits, rows) {
    const texts = edits.refusal.items.length
        ? itemsElsewhere(edits, rows).map((item) => textOf(item, rows))
        : [textOf({ field: edits.refusal.field, message: edits.refusal.message }, rows)];
    if (Object.keys(edits.errors).length) texts.push(labels.checkFields);
    return [...new Set(texts)].map((text) => ({ key: text, text }));
}

const isApproval = ({ read_only_reason: reason }) => reason?.code === 'LOCKED_BY_APPROVAL';
/** That an approval locks a record, once for all of its rows. */
function approvalsOf(rows) {
    const sentenceOf = ({ read_only_reason: { since, message } }) => {
        if (!since) return message ?? labels.reasonApproval;
        return format(labels.reasonApprovalSince, momentDay(since));
    };
    return [...new Set(rows.filter(isApproval).map(sentenceOf))];
}
/** Where the approvals stand that lock the rows: one place a record. */
function placesOf(rows) {
    const placeOf = ({ record_id: recordId, sobject }) => {
        const label = sobject === 'Account' ? labels.openApprovalAccount : labels.openApproval;
        return [recordId, { label, recordId, sobject, list: 'ProcessSteps' }];
    };
    return [...new Map(rows.filter(isApproval).map(placeOf)).values()];
}

/** What is to be known before anything is typed; null when there is nothing. */
function noticeFor(rows) {
    const [approval, ...others] = approvalsOf(rows);
    const lines = others.map((text) => ({ key: text, text }));
    if (approval) return { ...INFO, kind: 'approval', title: approval, lines, places: placesOf(rows) };
    return rows.every((row) => !row.editable) ? { ...INFO, title: labels.allReadOnly } : null;
}

/** What is missing while Accord does not answer; what is known of the records stands below it. */
function withoutAccord(notice) {
    const texts = [labels.withoutText, ...(notice ? [notice.title, ...notice.lines.map(({ text }) => text)] : [])];
    const lines = texts.map((text) => ({ key: text, text }));
    return { ...INFO, kind: 'without-accord', icon: 'utility:info', title: labels.withoutTitle, lines, places: notice?.places ?? [] };
}

/** The strip above the fields, null when there is nothing to say. `isWithoutAccord`: Accord has not answered. */
export function bannerFor({ edits, rows, isWithoutAccord }) {
    const { refusal } = edits;
    if (refusal?.code === 'STALE_EDIT') {
        return { ...STALE, title: labels.staleTitle, lines: [{ key: 'what', text: labels.staleText }] };
    }
    if (refusal && isInDoubt(refusal)) return { ...IN_DOUBT, reference: referenceOf(refusal) };
    if (refusal) {
        const canOpen = itemsElsewhere(edits, rows).some(({ field }) => field);
        return { ...ERROR, title: labels.notSavedTitle, lines: linesOf(edits, rows), reference: referenceOf(refusal), canOpen };
    }
    return isWithoutAccord ? withoutAccord(noticeFor(rows)) : noticeFor(rows);
}
