/**
 * @salesforce/i18n/* outside Lightning, for our components and the base components alike: how the user of this session writes dates,
 * numbers and amounts. Salesforce knows it by the user's locale; here the browser's Intl does.
 */
import { session } from '../page/session.js';

const FALLBACK = 'en-US';
const SAMPLE_DAY = Date.UTC(2003, 3, 5); // day, month and year are all different, and day and month have one digit
const SAMPLE_NUMBER = -1234567.8; // grouped in every locale
const SUNDAY_FIRST = new Set(['US', 'CA', 'MX', 'BR', 'CO', 'JP', 'KR', 'TW', 'HK', 'IN', 'IL', 'ZA', 'PH', 'TH']);

/** 'en_GB' -> 'en-GB'. Salesforce also has de_DE_EURO and the like, which no browser knows: language and country are what counts. */
function browserLocale(locale) {
    const parts = (locale ?? FALLBACK).split(/[_-]/);
    for (const count of [parts.length, 2, 1]) {
        try {
            const known = Intl.getCanonicalLocales(parts.slice(0, count).join('-'))[0];
            const { calendar, numberingSystem } = new Intl.DateTimeFormat(known).resolvedOptions();
            // Salesforce keeps days of the Gregorian calendar, and the editors take Latin digits
            return calendar === 'gregory' && numberingSystem === 'latn' ? known : `${known}-u-ca-gregory-nu-latn`;
        } catch {
            // not even the language is known: try with less of it
        }
    }
    return FALLBACK;
}

const patternOfPart = ({ type, value }) => {
    const isText = !/^\d+$/.test(value);
    if (type === 'day') return value.length === 2 ? 'dd' : 'd';
    if (type === 'month') return isText ? 'MMM' : 'M'.repeat(value.length);
    if (type === 'year') return 'yyyy';
    return /[a-z']/i.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
};

/** The way Intl writes a day, as a pattern of the platform such as dd/MM/yyyy. */
function datePattern(locale, options) {
    const parts = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).formatToParts(SAMPLE_DAY);
    return parts.map(patternOfPart).join('');
}

function monthNames(locale, month) {
    const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month, day: 'numeric', timeZone: 'UTC' });
    const nameOf = (number) => format.formatToParts(Date.UTC(2003, number - 1, 5)).find(({ type }) => type === 'month').value;
    return Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index + 1, nameOf(index + 1)]));
}

/** Salesforce counts from 1 for Sunday, Intl from 1 for Monday to 7 for Sunday. */
function firstDayOfWeek(locale) {
    const known = new Intl.Locale(locale);
    const week = known.getWeekInfo?.() ?? known.weekInfo;
    if (week) return (week.firstDay % 7) + 1;
    return SUNDAY_FIRST.has(known.maximize().region) ? 1 : 2;
}

/** name after @salesforce/i18n/ -> its answer, for {locale, currency, time_zone} of the session. */
export function i18nOf(user) {
    const locale = browserLocale(user.locale);
    const currency = user.currency ?? 'USD';
    const number = new Intl.NumberFormat(locale).formatToParts(SAMPLE_NUMBER);
    const amount = new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(SAMPLE_NUMBER);
    const partOf = (parts, name, otherwise) => parts.find(({ type }) => type === name)?.value ?? otherwise;
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' };
    const months = { abbreviated: monthNames(locale, 'short'), wide: monthNames(locale, 'long'), narrow: monthNames(locale, 'narrow') };
    return {
        locale,
        currency,
        timeZone: user.time_zone ?? 'UTC',
        firstDayOfWeek: firstDayOfWeek(locale),
        calendarData: { gregorian: { months: { format: months } } },
        'dateTime.shortDateFormat': datePattern(locale, numeric),
        'dateTime.mediumDateFormat': datePattern(locale, { dateStyle: 'medium' }),
        'dateTime.longDateFormat': datePattern(locale, { ...numeric, month: 'long' }).replace('MMM', 'MMMM'),
        'number.decimalSeparator': partOf(number, 'decimal', '.'),
        'number.groupingSeparator': partOf(number, 'group', ','),
        'number.minusSign': partOf(number, 'minusSign', '-'),
        'number.currencySymbol': partOf(amount, 'currency', currency)
    };
}

export const i18n = i18nOf(session.user ?? {});
