/**
 * Values of rows: canonical form, comparison, checks and display. Pure.
 * Amounts and numbers are decimal strings ("125000.50") from end to end: no binary fraction ever reaches a save.
 */
import { variableLabels as labels } from 'c/accordLabels';

const NUMERIC = new Set(['currency', 'number', 'percent']);
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

export const isNumeric = (type) => NUMERIC.has(type);

/** '+00125000.500' -> '125000.5', '1.5e3' -> '1500', '' -> null; what is no decimal number is returned trimmed, as it is. */
export function canonicalDecimal(value) {
    const text = String(value ?? '').trim();
    if (text === '') return null;
    const match = DECIMAL.exec(text);
    if (!match || !(match[2] || match[3])) return text;
    const [, sign, whole, fraction = '', exponent = '0'] = match;
    const point = whole.length + Number(exponent);
    const digits = `${'0'.repeat(Math.max(0, -point))}${whole}${fraction}`.padEnd(Math.max(point, 0), '0');
    const at = Math.max(point, 0);
    const integer = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
    const decimals = digits.slice(at).replace(/0+$/, '');
    const plain = decimals ? `${integer}.${decimals}` : integer;
    return sign === '-' && plain !== '0' ? `-${plain}` : plain;
}

/** What is chosen of a picklist of several values: Salesforce tells them with semicolons, in an order that says nothing. */
export const chosenOf = (value) => [...new Set(String(value ?? '').split(';'))].filter(Boolean).sort();

/** The form in which two values of a row are compared: an empty text and no value are the same. */
export function canonical(type, value) {
    if (isNumeric(type)) return canonicalDecimal(value);
    if (type === 'multipicklist') return chosenOf(value).join(';') || null;
    const text = value === undefined || value === null ? '' : String(value).replaceAll('\r\n', '\n');
    return text.trim() === '' ? null : text;
}

export const sameValue = (type, one, other) => canonical(type, one) === canonical(type, other);

/** null, or what is wrong with a decimal number: {kind: 'whole' | 'decimals' | 'digits', limit}. */
export function decimalProblem(value, { precision, scale }) {
    const plain = canonicalDecimal(value);
    const match = /^-?(\d+)(?:\.(\d+))?$/.exec(plain ?? '');
    if (!match) return null; // empty, or no number: the input component says so itself
    const decimals = match[2]?.length ?? 0;
    if (scale !== null && scale !== undefined && decimals > scale) return { kind: scale === 0 ? 'whole' : 'decimals', limit: scale };
    const limit = (precision ?? 18) - (scale ?? 0);
    return match[1].replace(/^0$/, '').length > limit ? { kind: 'digits', limit } : null;
}

/** A date of the calendar, never a moment: '2026-12-31' is that day in every time zone. */
function displayDate(value, locale) {
    const [year, month, day] = String(value).split('-').map(Number);
    if (!year || !month || !day) return String(value);
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, day));
}

function displayNumber(row, value, locale) {
    const plain = canonicalDecimal(value);
    if (!/^-?\d/.test(plain)) return plain;
    const digits = row.scale ?? undefined;
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits ?? 20 };
    if (row.type === 'currency' && row.currency) Object.assign(options, { style: 'currency', currency: row.currency });
    // 75 is 75%, where the style `percent` would make 7,500% of it
    if (row.type === 'percent') Object.assign(options, { style: 'unit', unit: 'percent' });
    // a string keeps every digit; a Number would round beyond fifteen of them
    return new Intl.NumberFormat(locale, options).format(plain);
}

const labelIn = ({ options }, value) => options?.find((option) => option.value === value)?.label ?? String(value);

/** How a person reads a value of the row; '' when there is none. */
export function displayValue(row, value, locale) {
    if (canonical(row.type, value) === null) return '';
    if (row.type === 'date') return displayDate(value, locale);
    if (isNumeric(row.type)) return displayNumber(row, value, locale);
    if (row.type === 'boolean') return value === 'true' ? labels.yes : labels.no;
    if (row.type === 'multipicklist') {
        const chosen = chosenOf(value).map((one) => labelIn(row, one));
        return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(chosen);
    }
    return labelIn(row, value);
}
