import AccordLdsRecord from 'c/accordLdsRecord';
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import { getObjectInfo, getObjectInfos, getPicklistValuesByRecordType } from 'lightning/uiObjectInfoApi';
import { DEAL, listen, mount, settle } from 'accordTestKit';

const AMOUNT = 'Opportunity.Amount';
const configured = ['Amount', 'NextStep'].map((field) => ({ key: `Opportunity.${field}`, sobject: 'Opportunity', field, label: field }));
const facts = { updateable: true, calculated: false, required: false };
const objectInfo = {
    defaultRecordTypeId: '012000000000000AAA',
    fields: {
        Amount: { ...facts, label: 'Amount', dataType: 'Currency', precision: 18, scale: 2 },
        NextStep: { ...facts, label: 'Next Step', dataType: 'String', length: 255 }
    }
};
const aRecord = (amount, modified = '2026-11-22T10:00:00Z') => ({
    lastModifiedDate: modified,
    recordTypeId: '012Ax0000000001IAA',
    fields: { Name: { value: 'Brightwater' }, AccountId: { value: '001Ax' }, Amount: { value: amount }, NextStep: { value: 'Call' } }
});

async function show(record = aRecord(125000.5)) {
    const element = mount('c-accord-lds-record', AccordLdsRecord, { recordId: DEAL, objectApiName: 'Opportunity', configured });
    const told = listen(element, 'rows');
    getRecord.emit(record);
    getObjectInfo.emit(objectInfo);
    await settle();
    getPicklistValuesByRecordType.emit({ picklistFieldValues: {} });
    await settle();
    return { element, told };
}
const change = (value = '130000', seen = '125000.50') => [{ key: AMOUNT, value, seen }];

it('asks for every field as an optional one, so that one without access does not fail the rest', async () => {
    await show();

    const { fields, optionalFields } = getRecord.getLastConfig();
    expect(fields).toEqual(['Opportunity.Id']);
    expect(optionalFields).toEqual(expect.arrayContaining([AMOUNT, 'Opportunity.NextStep', 'Opportunity.HasOpportunityLineItem']));
});

it('asks for the picklist values of the record type', async () => {
    await show();

    expect(getPicklistValuesByRecordType.getLastConfig()).toEqual({ objectApiName: 'Opportunity', recordTypeId: '012Ax0000000001IAA' });
});

it('tells the rows with the name and the account of the deal', async () => {
    const { told } = await show();

    const detail = told.mock.calls.at(-1)[0];
    expect(detail).toMatchObject({ sobject: 'Opportunity', name: 'Brightwater', accountId: '001Ax' });
    expect(detail.rows.map((row) => row.value)).toEqual(['125000.5', 'Call']);
});

it('tells a failure in words', async () => {
    const element = mount('c-accord-lds-record', AccordLdsRecord, { recordId: DEAL, objectApiName: 'Opportunity', configured });
    const failed = listen(element, 'failure');

    getRecord.error({ errorCode: 'INSUFFICIENT_ACCESS', message: 'No access.' });
    await settle();

    expect(failed.mock.calls[0][0].error).toMatchObject({ message: 'No access.' });
});

it('writes the changed field alone, guarded by the state that was read just before', async () => {
    updateRecord.mockResolvedValue(aRecord(130000));
    const { element } = await show();

    const outcomes = await element.save(change());

    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: DEAL }]);
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: DEAL, Amount: 130000 } }, { ifUnmodifiedSince: '2026-11-22T10:00:00Z' });
    expect(outcomes).toEqual([{ key: AMOUNT, outcome: 'saved', message: null }]);
});

it('guards the next write by the state after this one, whoever has written it', async () => {
    updateRecord.mockResolvedValue(aRecord(130000, '2026-11-22T10:01:00Z'));
    const { element } = await show();

    await element.save(change());
    expect((await element.wish(change('140000', '130000'))).unmodifiedSince).toBe('2026-11-22T10:01:00Z');
    element.taken(change('140000'), { Amount: { value: 140000 } }, '2026-11-22T10:02:00Z');

    expect(await element.wish(change('150000', '140000'))).toEqual({
        recordId: DEAL,
        unmodifiedSince: '2026-11-22T10:02:00Z',
        values: { Amount: 150000 }
    });
});

it('refuses a stale edit with both values, and writes nothing', async () => {
    const { element } = await show(aRecord(99000));

    await expect(element.save(change())).rejects.toMatchObject({
        code: 'STALE_EDIT',
        items: [{ key: AMOUNT, yours: '130000', theirs: '99000' }]
    });
    expect(updateRecord).not.toHaveBeenCalled();
});

it('refuses an amount whose record is in another currency by now (W14)', async () => {
    const inDollars = aRecord(125000.5);
    inDollars.fields.CurrencyIsoCode = { value: 'USD' };
    updateRecord.mockClear().mockResolvedValue(inDollars);
    const { element } = await show(inDollars);
    const inCurrency = (seen_currency) => change().map((one) => ({ ...one, seen_currency }));

    await expect(element.save(inCurrency('EUR'))).rejects.toMatchObject({
        code: 'STALE_EDIT',
        items: [{ key: AMOUNT, theirs: '125000.5', theirs_currency: 'USD' }]
    });
    await expect(element.save(change())).rejects.toMatchObject({ code: 'STALE_EDIT' });
    expect(updateRecord).not.toHaveBeenCalled();

    await element.save(inCurrency('USD'));
    expect(updateRecord).toHaveBeenCalledTimes(1);
});

it('looks again when somebody saved another field in between', async () => {
    updateRecord.mockRejectedValueOnce({ status: 412, body: { message: 'changed' } }).mockResolvedValue(aRecord(130000));
    const { element } = await show();
    notifyRecordUpdateAvailable.mockImplementationOnce(() => Promise.resolve());
    notifyRecordUpdateAvailable.mockImplementationOnce(() => Promise.resolve(getRecord.emit(aRecord(125000.5, '2026-11-22T10:00:09Z'))));

    await element.save(change());

    expect(updateRecord).toHaveBeenLastCalledWith(expect.anything(), { ifUnmodifiedSince: '2026-11-22T10:00:09Z' });
});

it('tells when the platform left the value as it was', async () => {
    updateRecord.mockResolvedValue(aRecord(125000.5));
    const { element } = await show();

    expect(await element.save(change())).toEqual([{ key: AMOUNT, outcome: 'ignored_by_platform', message: expect.any(String) }]);
});

it('passes on what Salesforce says, at its field', async () => {
    const fieldErrors = { Amount: [{ field: 'Amount', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Too much.' }] };
    updateRecord.mockRejectedValue({ status: 400, body: { message: 'x', output: { errors: [], fieldErrors } } });
    const { element } = await show();

    await expect(element.save(change())).rejects.toMatchObject({
        code: 'SALESFORCE_REFUSED',
        items: [{ key: AMOUNT, message: 'Too much.' }]
    });
});

it('follows a path to the related object, and shows its field', async () => {
    const owner = { key: 'Opportunity.Owner.Name', sobject: 'Opportunity', field: 'Owner.Name', label: 'Owner' };
    const record = aRecord(1);
    record.fields.Owner = { value: { fields: { Name: { value: 'Riley Okafor' } } } };
    const element = mount('c-accord-lds-record', AccordLdsRecord, {
        recordId: DEAL,
        objectApiName: 'Opportunity',
        configured: [owner]
    });
    const told = listen(element, 'rows');
    getRecord.emit(record);
    const lookup = { relationshipName: 'Owner', referenceToInfos: [{ apiName: 'User' }] };
    getObjectInfo.emit({ ...objectInfo, fields: { ...objectInfo.fields, OwnerId: lookup } });
    getPicklistValuesByRecordType.emit({ picklistFieldValues: {} });
    await settle();
    expect(getObjectInfos.getLastConfig()).toEqual({ objectApiNames: ['User'] });
    expect(getRecord.getLastConfig().optionalFields).toContain('Opportunity.Owner.Name');

    const result = { apiName: 'User', fields: { Name: { ...facts, label: 'Full Name', dataType: 'String', length: 121 } } };
    getObjectInfos.emit({ results: [{ statusCode: 200, result }] });
    await settle();

    const [row] = told.mock.calls.at(-1)[0].rows;
    expect(row).toMatchObject({ label: 'Owner', value: 'Riley Okafor', read_only_reason: { code: 'RELATED' } });
});

it('asks for the field that controls a configured picklist too', async () => {
    mount('c-accord-lds-record', AccordLdsRecord, { recordId: DEAL, objectApiName: 'Opportunity', configured });
    const amount = { ...objectInfo.fields.Amount, controllerName: 'LeadSource' };

    getObjectInfo.emit({ ...objectInfo, fields: { ...objectInfo.fields, Amount: amount } });
    await settle();

    expect(getRecord.getLastConfig().optionalFields).toContain('Opportunity.LeadSource');
});
