import AccordRecordSource from 'c/accordRecordSource';
import getConfiguration from '@salesforce/apex/AccordPanelController.getConfiguration';
import getEditAccess from '@salesforce/apex/AccordPanelController.getEditAccess';
import getApprovalSince from '@salesforce/apex/AccordPanelController.getApprovalSince';
import createPlan from '@salesforce/apex/AccordPanelController.createPlan';
import { DEAL, aPlan, aRow, allInside, anAmount, inside, listen, mount, settle } from 'accordTestKit';

jest.mock(
    '@salesforce/apex/AccordPanelController.getConfiguration',
    () => {
        const { createApexTestWireAdapter } = jest.requireActual('@salesforce/wire-service-jest-util');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/AccordPanelController.getEditAccess',
    () => {
        const { createApexTestWireAdapter } = jest.requireActual('@salesforce/wire-service-jest-util');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/AccordPanelController.getApprovalSince',
    () => {
        const { createApexTestWireAdapter } = jest.requireActual('@salesforce/wire-service-jest-util');
        return { default: createApexTestWireAdapter(jest.fn()) };
    },
    { virtual: true }
);
jest.mock('@salesforce/apex/AccordPanelController.getLogin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.startLogin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.dismissLogin', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/AccordPanelController.createPlan', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex', () => ({ refreshApex: jest.fn() }), { virtual: true });
jest.mock('c/accordLdsRecord', () => jest.requireActual('../../../../../test/platform/ldsRecord'));

const INDUSTRY = { ...aRow('Industry'), key: 'Account.Industry', sobject: 'Account' };
const configuration = (...rows) => ({
    tabs: [{ key: 'deal', label: 'Deal', rows }],
    plan: aPlan(),
    can_create_plan: false,
    can_edit: true
});
const records = (element) => allInside(element, 'c-accord-lds-record');
const recordOf = (element, sobject) => inside(element, `[data-sobject="${sobject}"]`);
const rowsOf = (element, sobject, rows, accountId = null) =>
    recordOf(element, sobject).dispatchEvent(new CustomEvent('rows', { detail: { sobject, rows, name: 'Brightwater', accountId } }));

async function show(answer) {
    const element = mount('c-accord-record-source', AccordRecordSource, { recordId: DEAL, objectApiName: 'Opportunity' });
    const loaded = listen(element, 'load');
    if (answer instanceof Error) getConfiguration.error(answer.body, 500);
    else getConfiguration.emit(answer);
    await settle();
    return { element, loaded };
}

it('joins the configuration of the backend with the values of Lightning', async () => {
    const { element, loaded } = await show(configuration(anAmount()));

    rowsOf(element, 'Opportunity', [anAmount()]);

    expect(loaded.mock.calls.at(-1)[0].panel).toMatchObject({
        record: { id: DEAL, name: 'Brightwater' },
        tabs: [{ label: 'Deal', rows: [{ key: 'Opportunity.Amount', value: '125000.50' }] }],
        plan: { id: 'p1' }
    });
});

it('shows the default fields when the backend cannot be reached, and says so about the plan', async () => {
    const error = Object.assign(new Error(), {
        body: { message: JSON.stringify({ code: 'UNREACHABLE', message: 'The plan cannot be reached.' }) }
    });
    const { element, loaded } = await show(error);

    expect(records(element)[0].configured.map((row) => row.field)).toEqual(['CloseDate', 'Amount', 'StageName', 'NextStep']);
    rowsOf(element, 'Opportunity', [anAmount()]);

    expect(loaded.mock.calls.at(-1)[0].panel).toMatchObject({
        plan: null,
        can_create_plan: false,
        plan_problem: 'The plan cannot be reached.'
    });
});

it('reads the account only when a row shows one of its fields (A27)', async () => {
    const { element, loaded } = await show(configuration(anAmount(), INDUSTRY));
    expect(records(element)).toHaveLength(1);

    rowsOf(element, 'Opportunity', [anAmount()], '001Ax');
    await settle();
    expect(records(element).map((record) => record.recordId)).toEqual([DEAL, '001Ax']);
    expect(loaded).not.toHaveBeenCalled();

    rowsOf(element, 'Account', [INDUSTRY]);
    expect(loaded.mock.calls.at(-1)[0].panel.tabs[0].rows.map((row) => row.key)).toEqual(['Opportunity.Amount', 'Account.Industry']);
});

it('tells variables in the order of the admin and beside the rows of the same fields, each under its own name (D30)', async () => {
    const variable = (row, label) => ({ ...row, label, write: true });
    const named = [variable(INDUSTRY, 'Branch'), variable(anAmount(), 'Budget')];
    const { element, loaded } = await show({ ...configuration(anAmount()), variables: named });
    rowsOf(element, 'Opportunity', records(element)[0].configured, '001Ax');
    await settle();
    rowsOf(element, 'Account', recordOf(element, 'Account').configured);

    const { tabs, variables } = loaded.mock.calls.at(-1)[0].panel;
    expect(tabs[0].rows.map(({ label }) => label)).toEqual(['Opportunity Amount']);
    expect(variables.map(({ label }) => label)).toEqual(['Branch', 'Budget']);
});

describe('rows of an account that cannot be read', () => {
    const reasons = (loaded) => loaded.mock.calls.at(-1)[0].panel.tabs[0].rows.map((row) => [row.key, row.read_only_reason?.code]);
    const AMOUNT = ['Opportunity.Amount', undefined];
    const fail = (element, sobject, message) =>
        recordOf(element, sobject).dispatchEvent(new CustomEvent('failure', { detail: { error: { code: 'X', message } } }));

    it('say so where the deal has none, beside the rows of the deal', async () => {
        const { element, loaded } = await show(configuration(anAmount(), INDUSTRY));

        rowsOf(element, 'Opportunity', [anAmount()]);

        expect(reasons(loaded)).toEqual([AMOUNT, ['Account.Industry', 'NO_ACCOUNT']]);
        expect(loaded.mock.calls.at(-1)[0].panel.tabs[0].rows[1]).toMatchObject({ label: 'Industry', editable: false, value: null });
    });

    it('say what Salesforce said, until they are read after all; an error later takes nothing away', async () => {
        const { element, loaded } = await show(configuration(anAmount(), INDUSTRY));
        const failed = listen(element, 'failure');
        rowsOf(element, 'Opportunity', [anAmount()], '001Ax');
        await settle();
        expect(loaded).not.toHaveBeenCalled();

        fail(element, 'Account', 'No access.');
        expect(reasons(loaded)).toEqual([AMOUNT, ['Account.Industry', 'NOT_READ']]);
        expect(loaded.mock.calls.at(-1)[0].panel.tabs[0].rows[1].read_only_reason.message).toBe(
            'The account could not be read. No access.'
        );

        rowsOf(element, 'Account', [INDUSTRY]);
        fail(element, 'Account', 'Away.');
        expect(reasons(loaded)).toEqual([AMOUNT, ['Account.Industry', undefined]]);
        expect(failed).not.toHaveBeenCalled();

        fail(element, 'Opportunity', 'Away.');
        expect(failed).toHaveBeenCalledTimes(1);
    });

    it('are not those of the account that the deal had before', async () => {
        const { element, loaded } = await show(configuration(anAmount(), INDUSTRY));
        rowsOf(element, 'Opportunity', [anAmount()], '001Ax');
        await settle();
        rowsOf(element, 'Account', [INDUSTRY]);
        loaded.mockClear();

        rowsOf(element, 'Opportunity', [anAmount()], '001By');
        expect(loaded).not.toHaveBeenCalled();
        rowsOf(element, 'Opportunity', [anAmount()], null);

        expect(reasons(loaded)).toEqual([AMOUNT, ['Account.Industry', 'NO_ACCOUNT']]);
    });
});

it('asks whether the account may be edited, and tells it to the rows of the account (W12)', async () => {
    const { element } = await show(configuration(anAmount(), INDUSTRY));
    rowsOf(element, 'Opportunity', [anAmount()], '001Ax');
    await settle();
    expect(getEditAccess.getLastConfig()).toEqual({ recordId: '001Ax' });

    getEditAccess.emit(false);
    await settle();

    expect(recordOf(element, 'Account').canEdit).toBe(false);
    expect(recordOf(element, 'Opportunity').canEdit).toBe(true);
});

it('shows a tab only on the deals of its stage and record type (D7)', async () => {
    const tab = (key, rule) => ({ key, label: key, rows: [anAmount()], rule: { record_types: [], stages: [], ...rule } });
    const tabs = [
        tab('early', { stages: ['Prospecting'] }),
        tab('late', { stages: ['Closed Won'] }),
        tab('typed', { record_types: ['012A'] })
    ];
    const { element, loaded } = await show({ ...configuration(), tabs });
    const deal = (recordTypeId, stage) => {
        const detail = { sobject: 'Opportunity', rows: [anAmount()], name: 'Brightwater', accountId: null, recordTypeId, stage };
        recordOf(element, 'Opportunity').dispatchEvent(new CustomEvent('rows', { detail }));
        return loaded.mock.calls.at(-1)[0].panel.tabs.map(({ key }) => key);
    };

    expect(deal('012A', 'Prospecting')).toEqual(['early', 'typed']);
    expect(deal('012B', 'Closed Won')).toEqual(['late']);
    expect(deal('012B', null)).toEqual(['early', 'late']);
});

it('creates a plan through Apex', async () => {
    createPlan.mockResolvedValue(aPlan());
    const { element } = await show(configuration(anAmount()));

    const plan = await element.createPlan({ opportunity_id: DEAL, title: 'T', stage_title: 'S', steps_total: 2, steps_done: 1 });

    const counted = { stageTitle: 'S', stepsTotal: 2, stepsDone: 1 };
    expect(createPlan).toHaveBeenCalledWith({ opportunityId: DEAL, title: 'T', playbook: null, ...counted });
    expect(plan.id).toBe('p1');
});

it('shows a save as a toast of the page', async () => {
    const { element } = await show(configuration(anAmount()));
    const toast = listen(element, 'lightning__showtoast');

    element.announce({ title: 'Saved to Salesforce', message: '', variant: 'success' });

    expect(toast).toHaveBeenCalledTimes(1);
});

describe('a field that Salesforce asks for', () => {
    const TYPE = { ...aRow('Type'), label: undefined };

    it('is read beside the configured ones, told apart from them, and forgotten after the save', async () => {
        const { element, loaded } = await show(configuration(anAmount()));
        rowsOf(element, 'Opportunity', [anAmount()]);

        element.alsoNeed(['Opportunity.Type', 'Opportunity.Amount']);
        await settle();
        const asked = recordOf(element, 'Opportunity').configured;
        expect(asked.map(({ key }) => key)).toEqual(['Opportunity.Amount', 'Opportunity.Type']);
        rowsOf(element, 'Opportunity', [anAmount(), TYPE]);

        const { panel } = loaded.mock.calls.at(-1)[0];
        expect(panel.tabs[0].rows.map(({ key }) => key)).toEqual(['Opportunity.Amount']);
        expect(panel.also_needed.map(({ key }) => key)).toEqual(['Opportunity.Type']);

        recordOf(element, 'Opportunity').answer = [{ key: 'Opportunity.Type', outcome: 'saved', message: null }];
        const { saved } = await element.save([{ key: 'Opportunity.Type', value: 'New', seen: null }]);
        await settle();
        expect(saved).toEqual(['Opportunity.Type']);
        expect(recordOf(element, 'Opportunity').configured).toHaveLength(1);
    });

    it('of the account brings the account in', async () => {
        const { element } = await show(configuration(anAmount()));
        rowsOf(element, 'Opportunity', [anAmount()], '001Ax');
        await settle();
        expect(records(element)).toHaveLength(1);

        element.alsoNeed(['Account.Industry']);
        await settle();

        expect(recordOf(element, 'Account').configured.map(({ field }) => field)).toEqual(['Industry']);
    });

    it('is no row for who may not edit it', async () => {
        const { element, loaded } = await show(configuration(anAmount()));

        element.alsoNeed(['Opportunity.Type']);
        rowsOf(element, 'Opportunity', [anAmount(), { ...TYPE, editable: false }]);

        expect(loaded.mock.calls.at(-1)[0].panel.also_needed).toEqual([]);
    });
});

it('tells since when a record waits for an approval (W13)', async () => {
    const { element } = await show(configuration(anAmount()));

    getApprovalSince.emit('2026-11-20T09:30:00.000Z', ({ recordId }) => recordId === DEAL);
    await settle();

    expect(recordOf(element, 'Opportunity').approvalSince).toBe('2026-11-20T09:30:00.000Z');
});
