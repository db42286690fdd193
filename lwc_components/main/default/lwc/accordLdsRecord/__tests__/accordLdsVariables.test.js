import AccordLdsRecord from 'c/accordLdsRecord';
import { getRecord, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo, getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { DEAL, listen, mount, settle } from 'accordTestKit';

const [LEGAL, PRODUCTS] = ['Legal__c', 'Products__c'].map((field) => `Opportunity.${field}`);
const row = (field, more = {}) => ({ key: `Opportunity.${field}`, sobject: 'Opportunity', field, label: field, ...more });
const variable = (field, more) => row(field, { isVariable: true, write: true, ...more });
const described = (label, dataType) => ({ label, dataType, updateable: true, calculated: false, required: false, precision: 18, scale: 2 });
const objectInfo = {
    defaultRecordTypeId: '012000000000000AAA',
    fields: {
        Amount: described('Amount', 'Currency'),
        Legal__c: described('Legal', 'Boolean'),
        Products__c: described('Products', 'MultiPicklist')
    }
};
const aRecord = (legal, products) => ({
    lastModifiedDate: '2026-11-22T10:00:00Z',
    fields: { Amount: { value: 5 }, Legal__c: { value: legal }, Products__c: { value: products } }
});
const values = ['a', 'b'].map((value) => ({ value, label: value.toUpperCase(), validFor: [] }));

async function show(configured, record = aRecord(false, 'b;a')) {
    const element = mount('c-accord-lds-record', AccordLdsRecord, { recordId: DEAL, objectApiName: 'Opportunity', configured });
    const told = listen(element, 'rows');
    getRecord.emit(record);
    getObjectInfo.emit(objectInfo);
    await settle();
    getPicklistValuesByRecordType.emit({ picklistFieldValues: { Products__c: { values, controllerValues: {} } } });
    await settle();
    return { element, rows: () => told.mock.calls.at(-1)[0].rows };
}

it('tells a checkbox and a picklist of several values as the panel has them', async () => {
    const { rows } = await show([variable('Legal__c'), variable('Products__c')]);

    expect(rows()[0]).toMatchObject({ key: LEGAL, type: 'boolean', value: 'false', editable: true, options: null });
    expect(rows()[1]).toMatchObject({ key: PRODUCTS, type: 'multipicklist', value: 'b;a', options: [{ value: 'a' }, { value: 'b' }] });
});

it('shows neither of them as a row of the slideout (A14)', async () => {
    const { rows } = await show([row('Legal__c'), row('Products__c')]);

    expect(rows().map((one) => one.read_only_reason.code)).toEqual(['TYPE_NOT_ALLOWED', 'TYPE_NOT_ALLOWED']);
});

it('keeps a variable closed that admins have not opened for writing, and the same field of the slideout open (D30)', async () => {
    const { rows } = await show([row('Amount'), variable('Amount', { write: false })]);

    expect(rows().map((one) => [one.editable, one.read_only_reason?.code])).toEqual([
        [true, undefined],
        [false, 'WRITE_OFF']
    ]);
});

it.each([
    [{ updateable: false }, {}, 'NO_EDIT_RIGHT'],
    [{ calculated: true }, {}, 'FORMULA'],
    [{}, { canEdit: false }, 'RECORD_READ_ONLY']
])('says what Salesforce keeps closed before what admins do: %j', async (facts, more, code) => {
    const { element, rows } = await show([variable('Amount', { write: false })]);
    Object.assign(element, more);
    getObjectInfo.emit({ ...objectInfo, fields: { Amount: { ...objectInfo.fields.Amount, ...facts } } });
    await settle();

    expect(rows()[0].read_only_reason.code).toBe(code);
});

it('saves both as Salesforce takes them, and knows what it has then', async () => {
    const { element } = await show([variable('Legal__c'), variable('Products__c')]);
    updateRecord.mockResolvedValue({ lastModifiedDate: '2026-11-22T10:01:00Z', fields: aRecord(true, 'b').fields });

    const outcomes = await element.save([
        { key: LEGAL, value: 'true', seen: 'false' },
        { key: PRODUCTS, value: 'b', seen: 'a;b' }
    ]);

    expect(updateRecord.mock.calls.at(-1)[0].fields).toEqual({ Id: DEAL, Legal__c: true, Products__c: 'b' });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['saved', 'saved']);
});

it('refuses what somebody else has changed, and says when Salesforce left a box as it was', async () => {
    const { element } = await show([variable('Legal__c'), variable('Products__c')]);
    updateRecord.mockResolvedValue({ lastModifiedDate: '2026-11-22T10:01:00Z', fields: aRecord(false, 'a;b').fields });

    const [left] = await element.save([{ key: LEGAL, value: 'true', seen: 'false' }]);
    expect(left.outcome).toBe('ignored_by_platform');
    await expect(element.save([{ key: PRODUCTS, value: 'b', seen: 'a' }])).rejects.toMatchObject({
        code: 'STALE_EDIT',
        items: [{ key: PRODUCTS, yours: 'b', theirs: 'a;b' }]
    });
});
