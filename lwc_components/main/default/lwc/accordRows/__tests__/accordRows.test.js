import fs from 'node:fs';
import path from 'node:path';
import { DEFAULT_TABS, buildRow, outsideOf, relatedObjects, rowType, wireValue } from 'c/accordRows';
import { DEAL } from 'accordTestKit';

const ROW_TYPES = JSON.parse(fs.readFileSync(path.resolve(__dirname, '../../../../../../tests/support/row_types.json'), 'utf8'));
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

    it.each(ROW_TYPES)('of $field has the type $row (A14 to A22), as the backend has it', ({ lightning, row }) => {
        const shown = buildRow(configured('X'), source('X', null, { facts: lightning }));

        expect(rowType(lightning) ?? null).toBe(row);
        expect([shown.type, shown.read_only_reason?.code]).toEqual(row ? [row, undefined] : ['text', 'TYPE_NOT_ALLOWED']);
    });

    it.each(ROW_TYPES)('of $field has its type as a variable too (D30)', ({ lightning, row, variable = row }) => {
        expect(rowType(lightning, true) ?? null).toBe(variable);
    });

    it('says that its field is gone, where the check of the night has found that (D8)', () => {
        const reason = { code: 'FIELD_GONE', message: 'Salesforce does not know this field any more.' };
        const gone = { ...configured('Amount'), reason };

        expect(buildRow(gone, { ...source('Other', 1), picklists: {} }).read_only_reason).toEqual(reason);
        expect(buildRow(gone, source('Amount', 1))).toMatchObject({ value: '1', editable: true, read_only_reason: null });
    });

    it('offers exactly the picklist values of the record type (A19)', () => {
        const picklists = { StageName: { values: [{ value: 'Won', label: 'Closed Won', attributes: null }] } };

        const row = buildRow(configured('StageName'), source('StageName', 'Won', { facts: { dataType: 'Picklist' }, picklists }));

        expect(row.options).toEqual([{ value: 'Won', label: 'Closed Won', valid_for: null }]);
    });

    it('of a percentage is the number before the sign, where it is a variable', () => {
        const facts = { dataType: 'Percent', precision: 3, scale: 0 };
        const row = buildRow({ ...configured('Probability'), isVariable: true }, source('Probability', 75, { facts }));

        expect(row).toMatchObject({ type: 'percent', value: '75', precision: 3, scale: 0, editable: true });
        expect(buildRow(configured('Probability'), source('Probability', 75, { facts })).type).toBe('text');
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
        ['percent', '75', 75],
        ['text', '12', '12']
    ])('of type %s: %s goes out as %s', (type, value, expected) => {
        expect(wireValue(type, value)).toBe(expected);
    });
});

describe('a dependent picklist', () => {
    const picklists = {
        Channel__c: {
            controllerValues: { Web: 0, Fair: 2 },
            values: [
                { value: 'Advert', label: 'Advert', validFor: [0] },
                { value: 'Booth', label: 'Booth', validFor: [2] }
            ]
        }
    };
    const facts = { dataType: 'Picklist', controllerName: 'LeadSource' };

    it('says beside which values each one is offered, and what the record has there', () => {
        const context = { LeadSource: { value: 'Web' } };
        const row = buildRow(configured('Channel__c'), source('Channel__c', 'Advert', { facts, context, picklists }));

        expect(row.options.map((option) => option.valid_for)).toEqual([['Web'], ['Fair']]);
        expect(row.controller).toEqual({ key: 'Opportunity.LeadSource', value: 'Web' });
    });

    it('takes a checkbox by its words', () => {
        const context = { LeadSource: { value: false } };

        const row = buildRow(configured('Channel__c'), source('Channel__c', null, { facts, context, picklists }));
        expect(row.controller.value).toBe('false');
    });

    it('is not narrowed for who may not see the controlling field', () => {
        const closed = { Channel__c: { ...picklists.Channel__c, controllerValues: {} } };
        const row = buildRow(configured('Channel__c'), source('Channel__c', null, { facts, picklists: closed }));

        expect([row.controller, row.options[0].valid_for]).toEqual([null, null]);
    });
});

describe('a record under approval', () => {
    it.each([
        ['2026-11-20T09:30:00Z', { code: 'LOCKED_BY_APPROVAL', since: '2026-11-20T09:30:00Z' }],
        [null, { code: 'RECORD_READ_ONLY' }]
    ])('says since when it waits: %s (W13)', (approvalSince, reason) => {
        const row = buildRow(configured('Amount'), source('Amount', 1, { canEdit: false, approvalSince }));

        expect([row.editable, row.read_only_reason]).toEqual([false, reason]);
    });
});

describe('a field of a related record', () => {
    const lookup = (name, target) => ({ relationshipName: name, referenceToInfos: [{ apiName: target }] });
    const objectInfo = { fields: { OwnerId: lookup('Owner', 'User') } };
    const infos = {
        User: { fields: { Name: described({ label: 'Full Name', dataType: 'String', length: 121 }), ManagerId: lookup('Manager', 'User') } }
    };
    const owner = { Owner: { value: { id: '005Ax', fields: { Name: { value: 'Riley Okafor' } } } } };
    const over = (field) => ({ key: `Opportunity.${field}`, sobject: 'Opportunity', field, label: 'Owner' });
    const shown = (field, rest = {}) => buildRow(over(field), { recordId: DEAL, record: { fields: owner }, objectInfo, infos, ...rest });

    it('is shown as it is there, and cannot be edited', () => {
        expect(shown('Owner.Name')).toMatchObject({
            type: 'text',
            value: 'Riley Okafor',
            editable: false,
            read_only_reason: { code: 'RELATED', record_id: '005Ax' }
        });
    });

    it('is empty where there is no related record', () => {
        expect(shown('Owner.Manager.Name')).toMatchObject({ value: null, read_only_reason: { code: 'RELATED', record_id: null } });
    });

    it('is hidden while nobody has described it, or for who may not see it', () => {
        expect(shown('Owner.Name', { infos: {} }).read_only_reason).toEqual({ code: 'NOT_VISIBLE' });
        expect(shown('Owner.Email').read_only_reason).toEqual({ code: 'NOT_VISIBLE' });
    });

    describe('that may be of several kinds, such as a user or a queue', () => {
        const several = { relationshipName: 'Owner', referenceToInfos: [{ apiName: 'Group' }, { apiName: 'User' }] };
        const rest = { objectInfo: { fields: { OwnerId: several } }, infos: {} };

        it('is shown when all kinds have it, and nobody needs to describe them', () => {
            expect(shown('Owner.Name', rest)).toMatchObject({ type: 'text', value: 'Riley Okafor', read_only_reason: { code: 'RELATED' } });
            expect(relatedObjects([over('Owner.Name')], rest.objectInfo, {})).toEqual([]);
            expect(shown('Owner.Name', { ...rest, record: { fields: {} } })).toMatchObject({ value: null });
        });

        it('is hidden when Salesforce does not give it', () => {
            for (const field of ['Owner.Department', 'Owner.Manager.Name', 'Owner.Alias']) {
                expect(shown(field, rest).read_only_reason).toEqual({ code: 'NOT_VISIBLE' });
            }
        });
    });

    it('names the objects that must be described', () => {
        expect(relatedObjects([over('Amount'), over('Owner.Manager.Name')], objectInfo, infos)).toEqual(['User']);
        expect(relatedObjects([over('Nothing.Name')], objectInfo, {})).toEqual([]);
    });
});

it('is outside of the configuration when neither a tab nor a variable has its field', () => {
    const known = { tabs: [{ rows: [configured('Amount')] }], variables: [configured('Legal__c')] };

    expect(outsideOf({ ...known, closed: ['Opportunity.Type'] }, ['Opportunity.Type'])).toEqual([]);
    expect(outsideOf(known, ['Opportunity.Amount', 'Opportunity.Legal__c', 'Opportunity.Owner.Name'])).toEqual([
        { key: 'Opportunity.Owner.Name', sobject: 'Opportunity', field: 'Owner.Name' }
    ]);
});
