import { canonical, canonicalDecimal, decimalProblem, displayValue, sameValue } from 'c/accordValues';
import { anAmount, aRow } from 'accordTestKit';

describe('a decimal number', () => {
    it.each([
        ['125000.50', '125000.5'],
        ['+00125000.500', '125000.5'],
        ['130000', '130000'],
        ['.5', '0.5'],
        ['-0.00', '0'],
        ['1.25e+21', '1250000000000000000000'],
        ['1e-7', '0.0000001'],
        ['9007199254740993.05', '9007199254740993.05'],
        ['  12 ', '12'],
        [12.5, '12.5'],
        ['', null],
        [null, null],
        ['abc', 'abc']
    ])('%s in canonical form is %s', (value, expected) => {
        expect(canonicalDecimal(value)).toBe(expected);
    });

    it.each([
        ['12.345', { precision: 18, scale: 2 }, { kind: 'decimals', limit: 2 }],
        ['12.5', { precision: 18, scale: 0 }, { kind: 'whole', limit: 0 }],
        ['12345', { precision: 6, scale: 2 }, { kind: 'digits', limit: 4 }],
        ['1234.56', { precision: 6, scale: 2 }, null],
        ['12.340', { precision: 18, scale: 2 }, null],
        ['', { precision: 18, scale: 2 }, null]
    ])('%s is held against precision and scale', (value, row, expected) => {
        expect(decimalProblem(value, row)).toEqual(expected);
    });
});

describe('two values', () => {
    it.each([
        ['currency', '125000.5', '125000.50', true],
        ['currency', '0', null, false],
        ['percent', '75.0', '75', true],
        ['text', '', null, true],
        ['text', '  ', null, true],
        ['text', 'a\r\nb', 'a\nb', true],
        ['date', '2026-12-31', '2026-12-30', false],
        ['multipicklist', 'b;a', 'a;b', true],
        ['multipicklist', 'a;a;', 'a', true],
        ['multipicklist', '', null, true],
        ['multipicklist', 'a;b', 'a', false],
        ['boolean', 'false', 'true', false]
    ])('of type %s: %s and %s', (type, one, other, expected) => {
        expect(sameValue(type, one, other)).toBe(expected);
    });

    it('keep their inner spaces', () => {
        expect(canonical('text', ' a ')).toBe(' a ');
    });
});

describe('display', () => {
    it('shows a date as that day in every time zone', () => {
        expect(displayValue(aRow('CloseDate', { type: 'date' }), '2026-12-31', 'en-US')).toBe('Dec 31, 2026');
    });

    it('shows every digit of an amount', () => {
        expect(displayValue(anAmount({ currency: 'USD' }), '9007199254740993.05', 'en-US')).toBe('$9,007,199,254,740,993.05');
    });

    it('shows the label of a picklist value, or the value when it is no longer offered', () => {
        const row = aRow('StageName', { type: 'picklist', options: [{ value: 'Won', label: 'Closed Won' }] });

        expect(displayValue(row, 'Won', 'en-US')).toBe('Closed Won');
        expect(displayValue(row, 'Gone', 'en-US')).toBe('Gone');
    });

    it('shows a checkbox in words, and several values by their labels', () => {
        const options = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }));

        expect(['true', 'false'].map((value) => displayValue({ type: 'boolean' }, value, 'en-US'))).toEqual(['Yes', 'No']);
        expect(displayValue({ type: 'multipicklist', options }, 'c;a;old', 'en-US')).toBe('A, C, old');
    });

    it.each([
        ['75', 0, 'en-US', '75%'],
        ['7.5', 2, 'en-US', '7.50%'],
        ['1250', 0, 'de-DE', '1.250\u00a0%']
    ])('shows %s, which has %s decimals, in %s as a percentage: %s', (value, scale, locale, text) => {
        expect(displayValue({ type: 'percent', scale }, value, locale)).toBe(text);
    });

    it('shows nothing for no value', () => {
        expect(displayValue(anAmount(), null, 'en-US')).toBe('');
    });
});
