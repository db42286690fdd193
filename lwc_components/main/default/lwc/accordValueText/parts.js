// A text with {{Label}} in it, in parts: as they were typed, and values of Salesforce. Pure.
import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';
import labels, { format, variableLabels } from 'c/accordLabels';
import { displayValue } from 'c/accordValues';

// a label is one line of at most 80 characters without braces; blanks may stand around it
const NAMED = /\{\{([^{}]{1,120})\}\}/gu;
const UNSEEN = new Set(['NOT_VISIBLE', 'NOT_READ', 'TYPE_NOT_ALLOWED', 'NO_ACCOUNT', 'FIELD_GONE']);
const known = (label) => label.trim().toLowerCase();

/** How a variable is written into a text. */
export const written = (label) => `{{${label}}}`;

/** The part for a label: its value, or the label itself where there is no such variable, or none that this person may see. */
function partOf(label, variables) {
    const row = variables.find((one) => known(one.label) === known(label));
    if (!row || UNSEEN.has(row.read_only_reason?.code)) return { text: label.trim() };
    const text = displayValue({ ...row, currency: row.currency ?? CURRENCY }, row.value, LOCALE) || labels.emptyValue;
    return { text, look: 'value', title: format(variableLabels.noteTitle, row.label), note: ` ${format(variableLabels.note, row.label)}` };
}

/** [{key, text, look, title, note}], the last three of values alone. */
export function partsOf(text, variables = []) {
    const parts = [];
    let end = 0;
    for (const found of String(text ?? '').matchAll(NAMED)) {
        const [whole, label] = found;
        if (!label.trim()) continue;
        parts.push({ text: text.slice(end, found.index) }, partOf(label, variables));
        end = found.index + whole.length;
    }
    parts.push({ text: String(text ?? '').slice(end) });
    return parts.filter((part) => part.text !== '').map((part, index) => ({ ...part, key: `part-${index}` }));
}

/** The text as it is said in one breath: in a question, or as the name of a button. */
export const spoken = (text, variables) =>
    partsOf(text, variables)
        .map((part) => part.text)
        .join('');
