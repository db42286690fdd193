import AccordRecordSource from 'c/accordRecordSource';
import getConfiguration from '@salesforce/apex/AccordPanelController.getConfiguration';
import getDraft from '@salesforce/apex/AccordDraftController.getDraft';
import keepDraft from '@salesforce/apex/AccordDraftController.keepDraft';
import saveRecords from '@salesforce/apex/AccordSaveController.save';
import { DEAL, aRow, anAmount, inside, listen, mount } from 'accordTestKit';

function mockWire() {
    const { createApexTestWireAdapter } = jest.requireActual('@salesforce/wire-service-jest-util');
    return { default: createApexTestWireAdapter(jest.fn()) };
}
jest.mock('@salesforce/apex/AccordPanelController.getConfiguration', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getEditAccess', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.getApprovalSince', () => mockWire(), { virtual: true });
jest.mock('@salesforce/apex/AccordDraftController.getDraft', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordDraftController.keepDraft', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordSaveController.save', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock('c/accordLdsRecord', () => jest.requireActual('../../../../../test/platform/ldsRecord'));

const NEXT = aRow('NextStep', { value: 'Call' });
const TYPED = { key: NEXT.key, value: 'Visit', seen: 'Call' };
const away = { message: JSON.stringify({ code: 'UNREACHABLE', message: 'The plan cannot be reached.' }) };
const deal = (element) => inside(element, '[data-sobject="Opportunity"]');
const pass = (milliseconds) => jest.advanceTimersByTimeAsync(milliseconds);
const rows = (element, ...those) =>
    deal(element).dispatchEvent(
        new CustomEvent('rows', {
            detail: { sobject: 'Opportunity', rows: those, name: 'Brightwater', accountId: '001Ax', changedAt: '2026-11-20T10:00:00Z' }
        })
    );
const configuration = (...those) => ({ tabs: [{ key: 'deal', label: 'Deal', rows: those }], plan: null, can_edit: true });

async function show() {
    const element = mount('c-accord-record-source', AccordRecordSource, { recordId: DEAL, objectApiName: 'Opportunity' });
    const [loaded, drafts] = [listen(element, 'load'), listen(element, 'draft')];
    await pass(0);
    return { element, panel: () => loaded.mock.calls.at(-1)?.[0].panel, drafts };
}

beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') });
    window.sessionStorage.clear();
    getDraft.mockReset().mockRejectedValue({ body: away });
    keepDraft.mockReset().mockRejectedValue({ body: away });
});
afterEach(() => jest.useRealTimers());

it('does not wait for us: after a moment the default fields are there with their values, and may be edited', async () => {
    const { element, panel } = await show();
    expect(panel()).toBeUndefined();

    await pass(3000);
    rows(element, NEXT, anAmount());

    expect(panel()).toMatchObject({ is_without_accord: true, plan: null, can_create_plan: false });
    expect(panel().tabs[0].rows.map(({ field, editable }) => [field, editable])).toEqual([
        ['Amount', true],
        ['NextStep', true]
    ]);
});

it('shows the configured fields when we answer after all, and reads on what is typed by then', async () => {
    const { element, panel } = await show();
    await pass(3000);
    rows(element, NEXT, anAmount());
    element.keepDraft([TYPED]);

    getConfiguration.emit(configuration(anAmount()));
    await pass(0);
    expect(deal(element).configured.map(({ key }) => key)).toEqual(['Opportunity.Amount', NEXT.key]);
    rows(element, anAmount(), NEXT);

    expect(panel().is_without_accord).toBeUndefined();
    expect(panel().tabs[0].rows.map(({ field }) => field)).toEqual(['Amount']);
    expect(panel().also_needed.map(({ key }) => key)).toEqual([NEXT.key]);
});

it('leaves the configured fields on the screen when only a refresh fails', async () => {
    const { element, panel } = await show();
    getConfiguration.emit(configuration(anAmount()));
    await pass(3000);
    rows(element, anAmount());
    expect(panel().is_without_accord).toBeUndefined();

    getConfiguration.error(away, 500);
    await pass(0);

    expect(panel().is_without_accord).toBeUndefined();
    expect(panel().tabs[0].rows.map(({ field }) => field)).toEqual(['Amount']);
});

it('tells what was typed before a reload, once its field is read (D9)', async () => {
    const first = await show();
    getConfiguration.error(away, 500);
    await pass(0);
    rows(first.element, NEXT);
    first.element.keepDraft([TYPED]);
    document.body.removeChild(first.element);

    const { element, drafts } = await show();
    getConfiguration.error(away, 500);
    await pass(0);
    rows(element, { ...NEXT, editable: false });
    expect(drafts).not.toHaveBeenCalled();
    rows(element, NEXT);
    rows(element, NEXT);

    expect(drafts).toHaveBeenCalledTimes(1);
    expect(drafts.mock.calls[0][0].draft).toMatchObject({ offered: false, changes: [TYPED] });
});

it('tells nothing more of a draft once something else is kept in its place', async () => {
    getDraft.mockResolvedValue({ draft: { kept_at: '2026-11-22T09:00:00Z', offered: false, changes: [TYPED] } });
    const { element, drafts } = await show();
    getConfiguration.emit(configuration(anAmount()));
    await pass(0);
    rows(element, anAmount());

    element.keepDraft([]);
    rows(element, anAmount(), NEXT);

    expect(drafts).not.toHaveBeenCalled();
});

it('tells no draft of the record that was here before', async () => {
    let answer;
    getDraft.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const { element, drafts } = await show();
    element.recordId = '006Ax000009zzzzIAK';
    getConfiguration.emit(configuration(NEXT));
    await pass(0);
    rows(element, NEXT);

    answer({ draft: { kept_at: '2026-11-22T09:00:00Z', offered: false, changes: [TYPED] } });
    await pass(0);
    rows(element, NEXT);

    expect(drafts).not.toHaveBeenCalled();
});

it('reads the field of a draft that no tab shows', async () => {
    getDraft.mockResolvedValue({ draft: { kept_at: '2026-11-22T09:00:00Z', offered: false, changes: [TYPED] } });
    const { element, drafts } = await show();
    getConfiguration.emit(configuration(anAmount()));
    await pass(0);

    expect(deal(element).configured.map(({ key }) => key)).toEqual(['Opportunity.Amount', NEXT.key]);
    rows(element, anAmount(), NEXT);
    expect(drafts.mock.calls[0][0].draft.changes).toEqual([TYPED]);
});

it('drops the draft after a save, of one record by Lightning Data Service and of two by Apex (W12)', async () => {
    const industry = { ...aRow('Industry'), key: 'Account.Industry', sobject: 'Account' };
    const { element } = await show();
    getConfiguration.emit(configuration(NEXT, industry));
    await pass(0);
    rows(element, NEXT);
    await pass(0);
    deal(element).answer = [{ key: NEXT.key, outcome: 'saved', message: null }];
    saveRecords.mockResolvedValue([
        { fields: {}, modified: '2026-11-22T10:00:00Z' },
        { fields: {}, modified: '2026-11-22T10:00:00Z' }
    ]);
    element.keepDraft([TYPED]);

    expect((await element.save([TYPED])).saved).toEqual([NEXT.key]);
    expect(saveRecords).not.toHaveBeenCalled();
    expect(window.sessionStorage).toHaveLength(0);

    const both = await element.save([TYPED, { key: industry.key, value: 'Energy', seen: null }]);
    expect(saveRecords).toHaveBeenCalledTimes(1);
    expect(both.saved).toEqual([NEXT.key, industry.key]);
});
