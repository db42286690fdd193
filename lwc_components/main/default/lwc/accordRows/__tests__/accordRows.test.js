import { DEFAULT_TABS, buildRow, wireValue } from 'c/accordRows';
import { DEAL } from 'accordTestKit';

const described = (facts) => ({
    label: 'Amount',
    dataType: 'Currency',
    updateable: true,
    calculated: false,
    required: false,
    length: 0,
    precision: 18,
    scale: 2,
    ...facts
});
const source = (field, value, { facts, context = {}, ...rest } = {}) => ({
    recordId: DEAL,
    record: { fields: { [field]: { value }, ...context } },
    objectInfo: { fields: { [field]: described(facts) } },
    picklists: {},
    ...rest
});
const configured = (field) => ({ key: `Opportunity.${field}`, sobject: 'Opportunity', field, label: 'Opportunity Amount' });

describe('the default rows', () => {
    it('are the four of A8, in the order of A9 to A12', () => {
        expect(DEFAULT_TABS[0].rows.map((row) => row.label)).toEqual([
            'Close Date',
            'Opportunity Amount',
            'Opportunity Stage',
            'Next Steps'
        ]);
    });
});

describe('a row', () => {
    it('shows an amount as decimal text with its currency', () => {
        const row = buildRow(configured('Amount'), source('Amount', 125000.5, { context: { CurrencyIsoCode: { value: 'EUR' } } }));

        expect(row).toMatchObject({ type: 'currency', value: '125000.5', currency: 'EUR', scale: 2, editable: true });
    });

    it.each([
        ['Date', 'date'],
        ['Currency', 'currency'],
        ['Double', 'number'],
        ['Int', 'number'],
        ['Picklist', 'picklist'],
        ['String', 'text'],
        ['TextArea', 'long_text']
    ])('of %s is edited as %s (A15 to A22)', (dataType, type) => {
        expect(buildRow(configured('X'), source('X', null, { facts: { dataType } })).type).toBe(type);
    });

    it('offers exactly the picklist values of the record type (A19)', () => {
        const picklists = { StageName: { values: [{ value: 'Won', label: 'Closed Won', attributes: null }] } };

        const row = buildRow(configured('StageName'), source('StageName', 'Won', { facts: { dataType: 'Picklist' }, picklists }));

        expect(row.options).toEqual([{ value: 'Won', label: 'Closed Won' }]);
    });

    it('of a field without access says nothing but that', () => {
        const row = buildRow(configured('Amount'), { ...source('Other', 1), picklists: {} });

        expect(row).toMatchObject({ value: null, editable: false, read_only_reason: { code: 'NOT_VISIBLE' } });
        expect(row.salesforce_label).toBeUndefined();
    });

    it('whose field is of another type by now is locked and shows no value (D8)', () => {
        const row = buildRow(configured('X'), source('X', true, { facts: { dataType: 'Boolean' } }));

        expect(row).toMatchObject({ value: null, editable: false, read_only_reason: { code: 'TYPE_NOT_ALLOWED' } });
    });

    it.each([
        ['a calculated field', { facts: { calculated: true } }, 'FORMULA'],
        ['a field without the right to edit', { facts: { updateable: false } }, 'NO_EDIT_RIGHT'],
        ['a record without the right to edit', { canEdit: false }, 'RECORD_READ_ONLY'],
        ['an amount of a deal with products', { context: { HasOpportunityLineItem: { value: true } } }, 'COMES_FROM_PRODUCTS']
    ])('locks %s before anything is typed', (_, facts, code) => {
        expect(buildRow(configured('Amount'), source('Amount', 1, facts))).toMatchObject({ editable: false, read_only_reason: { code } });
    });
});

describe('a value on the wire', () => {
    it.each([
        ['currency', '125000.50', 125000.5],
        ['currency', '9007199254740993.05', '9007199254740993.05'],
        ['number', null, null],
        ['text', '12', '12']
    ])('of type %s: %s goes out as %s', (type, value, expected) => {
        expect(wireValue(type, value)).toBe(expected);
    });
});
