// What an editor needs to know about its row, as plain values. Pure.
import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';
import labels, { format, variableLabels } from 'c/accordLabels';
import { chosenOf, decimalProblem, displayValue, isNumeric } from 'c/accordValues';

const COUNTER_FROM = 25; // characters left at which the counter appears
const REASONS = {
    NO_EDIT_RIGHT: labels.reasonNoEdit,
    COMES_FROM_PRODUCTS: labels.reasonProducts,
    FORMULA: labels.reasonFormula,
    RECORD_READ_ONLY: labels.reasonRecord,
    RELATED: labels.reasonRelated,
    WRITE_OFF: variableLabels.writeOff,
    NOT_VISIBLE: labels.reasonHidden,
    NO_ACCOUNT: labels.reasonNoAccount,
    TYPE_NOT_ALLOWED: labels.reasonType
};
const KINDS = { picklist: 'picklist', multipicklist: 'choices', boolean: 'checkbox', long_text: 'longText', date: 'date' };
const PROBLEMS = { whole: labels.wholeNumber, decimals: labels.tooManyDecimals, digits: labels.tooManyDigits };

/** Which of the seven editors, or the read-only text, shows the row. */
export function kindOf(row) {
    if (!row.editable) return 'readOnly';
    if (isNumeric(row.type)) return 'number';
    return KINDS[row.type] ?? 'text';
}

const FORMATTERS = { currency: 'currency', percent: 'percent-fixed' };

/**
 * For the number editor. It writes the user's own currency; an amount in another is a plain number with its code in the label. A
 * percentage is the number before the sign, which stands there while nobody types.
 */
export function numberFacts({ type, label, currency, scale }) {
    const isForeign = type === 'currency' && (currency ?? CURRENCY) !== CURRENCY;
    const hasScale = scale !== null && scale !== undefined;
    return {
        label: isForeign ? `${label} (${currency})` : label,
        formatter: (!isForeign && FORMATTERS[type]) || 'decimal',
        step: hasScale ? `${scale > 0 ? '0.' : ''}${'1'.padStart(Math.max(scale, 1), '0')}` : 'any',
        stepMessage: scale === 0 ? labels.wholeNumber : format(labels.tooManyDecimals, scale)
    };
}

/** For the picklist: exactly what Salesforce offers, and a way back to no value where none is demanded. */
export function picklistFacts({ options, required, value }) {
    return {
        options: required ? (options ?? []) : [{ value: '', label: labels.none }, ...(options ?? [])],
        placeholder: value ?? labels.choose // a value that is no longer offered is still shown
    };
}

/** For a picklist of several values: what Salesforce offers, and what is chosen and is not offered any more. */
export function choicesOf({ options, value }, chosen) {
    const offered = options ?? [];
    const others = [...chosenOf(value), ...chosen].filter((one) => offered.every((option) => option.value !== one));
    return [...offered, ...[...new Set(others)].map((one) => ({ value: one, label: one }))];
}

/** Puts a value into an editor: each kind takes it in its own form. */
export function putInto(editor, row, value) {
    if (row.type === 'boolean') editor.checked = value === 'true';
    else editor.value = row.type === 'multipicklist' ? chosenOf(value) : value;
}

/** What an editor tells when it is changed, as the value of the row. */
export function enteredIn({ type }, { value, checked }) {
    if (type === 'boolean') return String(checked);
    return type === 'multipicklist' ? chosenOf((value ?? []).join(';')).join(';') : (value ?? '');
}

/** In a few words where the panel says the whole above all rows. */
export function reasonOf({ read_only_reason: reason }) {
    if (reason?.code === 'LOCKED_BY_APPROVAL') return labels.reasonApprovalHere;
    return reason?.message ?? REASONS[reason?.code] ?? labels.reasonNoEdit;
}

/** Where a locked value is changed: {label, recordId, sobject, list}; null where that is no place in Salesforce. */
export function placeOf({ record_id: recordId, sobject, read_only_reason: reason }) {
    if (reason?.code === 'COMES_FROM_PRODUCTS') return { label: labels.openProducts, recordId, sobject, list: 'OpportunityLineItems' };
    return reason?.code === 'RELATED' && reason.record_id ? { label: labels.openRelated, recordId: reason.record_id } : null;
}

/** How a value is read. One that may not be seen is not taken for none. */
export function textOf(row, value) {
    if (['NOT_VISIBLE', 'NOT_READ'].includes(row.read_only_reason?.code)) return labels.hiddenValue;
    return displayValue({ ...row, currency: row.currency ?? CURRENCY }, value, LOCALE) || labels.emptyValue;
}

/** That the currency of an amount is another than the one in which it was typed; null when it is the same. */
export function currencyNoteOf({ seen_currency: typed, theirs_currency: now } = {}) {
    return now && typed !== now ? format(labels.currencyChanged, now) : null;
}

/** The text of the counter, null while the limit is far. */
export function counterOf({ max_length: limit, options }, typed) {
    if (!limit || options || typed === undefined) return null;
    const left = limit - String(typed ?? '').length;
    if (left > COUNTER_FROM) return null;
    return left > 0 ? format(labels.charactersLeft, left) : format(labels.charactersNone, limit);
}

const bare = (text) => String(text ?? '').replace(/\s/g, '');

/** The hint that pasted text did not fit, null when all of it is there. Blanks and line ends are what an editor may exchange. */
export function cutHintOf({ max_length: limit }, pasted, entered) {
    if (!limit || pasted === null || String(entered).length < limit) return null;
    return bare(entered).includes(bare(pasted)) ? null : format(labels.textCut, limit);
}

/** What is wrong with a number, '' when nothing is. */
export function numberProblem(row, value) {
    const problem = isNumeric(row.type) ? decimalProblem(value, row) : null;
    return problem ? format(PROBLEMS[problem.kind], problem.limit) : '';
}
