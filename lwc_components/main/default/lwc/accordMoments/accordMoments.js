// Moments and numbers as the running user reads them: in his language and in the time zone that Salesforce has of him.
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

/** The user's time zone, such as Europe/London. */
export const timeZone = TIME_ZONE;

/** `Nov 22, 2026, 10:04 AM` of a moment as the API writes it. */
export const momentOf = (moment) =>
    new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE }).format(new Date(moment));

/** As `momentOf`, to the second: `Nov 22, 2026, 10:04:31 AM`. */
export const momentExact = (moment) =>
    new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium', timeZone: TIME_ZONE }).format(new Date(moment));

/** Its day alone: `Nov 22, 2026`. */
export const momentDay = (moment) => new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: TIME_ZONE }).format(new Date(moment));

export const numberOf = (number) => new Intl.NumberFormat(LOCALE).format(number);
