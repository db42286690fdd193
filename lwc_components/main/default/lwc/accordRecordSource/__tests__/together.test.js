import { saveTogether } from '../together';
import saveRecords from '@salesforce/apex/AccordSaveController.save';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { DEAL } from 'accordTestKit';

jest.mock('@salesforce/apex/AccordSaveController.save', () => ({ default: jest.fn() }), { virtual: true });

const ACCOUNT = '001Ax000001AbCdIAK';
const SAVED = [
    { fields: { Amount: { value: 130000 } }, modified: '2026-11-22T10:01:00Z' },
    { fields: { Industry: { value: 'Energy' } }, modified: '2026-11-22T10:01:01Z' }
];
const fromApex = (problem) => ({ body: { message: JSON.stringify(problem) } });

const part = (recordId, values, key) => ({
    record: {
        recordId,
        wish: jest.fn().mockResolvedValue({ recordId, unmodifiedSince: '2026-11-22T10:00:00Z', values }),
        taken: jest.fn(() => [{ key, outcome: 'saved', message: null }])
    },
    changes: [{ key, value: 'x', seen: null }]
});
const parts = () => [
    part(DEAL, { Amount: 130000.5, NextStep: null }, 'Opportunity.Amount'),
    part(ACCOUNT, { Industry: 'Energy' }, 'Account.Industry')
];

beforeEach(() => {
    saveRecords.mockReset().mockResolvedValue(SAVED);
    notifyRecordUpdateAvailable.mockClear();
});

it('saves the deal and its account in one call, each guarded by the state that was read (W12)', async () => {
    const [deal, account] = parts();

    const outcomes = await saveTogether([deal, account]);

    const since = { unmodifiedSince: '2026-11-22T10:00:00Z' };
    expect(saveRecords).toHaveBeenCalledTimes(1);
    expect(JSON.parse(saveRecords.mock.calls[0][0].wishes)).toEqual([
        { recordId: DEAL, ...since, values: { Amount: '130000.5', NextStep: null } },
        { recordId: ACCOUNT, ...since, values: { Industry: 'Energy' } }
    ]);
    expect(outcomes.map(({ key }) => key)).toEqual(['Opportunity.Amount', 'Account.Industry']);
    expect(deal.record.taken).toHaveBeenCalledWith(deal.changes, SAVED[0].fields, SAVED[0].modified);
    expect(account.record.taken).toHaveBeenCalledWith(account.changes, SAVED[1].fields, SAVED[1].modified);
});

it('tells Lightning Data Service that both records are others now', async () => {
    await saveTogether(parts());

    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: DEAL }, { recordId: ACCOUNT }]);
});

it('passes on what Salesforce said at each field, and takes nothing over', async () => {
    const items = [{ key: 'Account.Industry', field: 'Industry', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Not this one.' }];
    saveRecords.mockRejectedValue(fromApex({ code: 'SALESFORCE_REFUSED', message: 'Not this one.', items }));
    const asked = parts();

    await expect(saveTogether(asked)).rejects.toMatchObject({ code: 'SALESFORCE_REFUSED', items });
    expect(saveRecords).toHaveBeenCalledTimes(1);
    expect(asked[0].record.taken).not.toHaveBeenCalled();
    expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
});

it('looks again, once, when somebody saved another field in between', async () => {
    const late = fromApex({ code: 'CHANGED_MEANWHILE', message: 'Somebody else changed this deal.' });
    saveRecords.mockRejectedValueOnce(late).mockResolvedValueOnce(SAVED);
    const asked = parts();

    await saveTogether(asked);
    expect(asked[0].record.wish).toHaveBeenCalledTimes(2);

    saveRecords.mockReset().mockRejectedValue(late);
    await expect(saveTogether(parts())).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(saveRecords).toHaveBeenCalledTimes(2);
});

it('writes nothing when an edit of the second record is stale', async () => {
    const asked = parts();
    asked[1].record.wish.mockRejectedValue({ code: 'STALE_EDIT', message: 'Stale.', items: [] });

    await expect(saveTogether(asked)).rejects.toMatchObject({ code: 'STALE_EDIT' });
    expect(saveRecords).not.toHaveBeenCalled();
});

it('says that nobody knows when no answer came', async () => {
    saveRecords.mockRejectedValue({});

    await expect(saveTogether(parts())).rejects.toMatchObject({ code: 'SAVE_IN_DOUBT' });
});
