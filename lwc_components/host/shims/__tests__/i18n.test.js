import { i18nOf } from '../i18n';

it.each([
    ['en_US', 'M/d/yyyy', 'MMM d, yyyy', '.', ',', 1],
    ['en_GB', 'dd/MM/yyyy', 'd MMM yyyy', '.', ',', 2],
    ['de_DE', 'd.M.yyyy', 'dd.MM.yyyy', ',', '.', 2],
    ['de_DE_EURO', 'd.M.yyyy', 'dd.MM.yyyy', ',', '.', 2],
    ['ja_JP', 'yyyy/M/d', 'yyyy/MM/dd', '.', ',', 1],
    ['nonsense!', 'M/d/yyyy', 'MMM d, yyyy', '.', ',', 1]
])('a user of %s writes days and numbers as there', (locale, short, medium, decimal, group, firstDay) => {
    expect(i18nOf({ locale, currency: 'EUR' })).toMatchObject({
        'dateTime.shortDateFormat': short,
        'dateTime.mediumDateFormat': medium,
        'number.decimalSeparator': decimal,
        'number.groupingSeparator': group,
        firstDayOfWeek: firstDay,
        currency: 'EUR'
    });
});

it('a month has its name in the language of the locale', () => {
    const { calendarData } = i18nOf({ locale: 'fr_FR' });

    expect(calendarData.gregorian.months.format.wide['3']).toBe('mars');
});

it.each(['th_TH', 'fa_IR', 'ar_SA'])('a day of %s is one of the Gregorian calendar, in Latin digits', (locale) => {
    const { locale: known } = i18nOf({ locale });

    expect(new Intl.DateTimeFormat(known, { year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(2027, 2, 5))).toContain('2027');
});

it('a user of whom nothing is known writes as in the United States', () => {
    expect(i18nOf({})).toMatchObject({ locale: 'en-US', currency: 'USD' });
});
