import AccordPanel from 'c/accordPanel';
import { DEAL, aPanel, aPlan, aRow, allInside, anAmount, inside, mount, settle } from 'accordTestKit';
import { source, tell } from '../../../../../test/platform/recordSource';

jest.mock('c/accordRecordSource', () => jest.requireActual('../../../../../test/platform/recordSource'));

const AMOUNT = 'Opportunity.Amount';
const rows = () => [anAmount(), aRow('NextStep', { label: 'Next Steps', value: 'Call' })];
const field = (element, key) => inside(element, `c-accord-field[data-key="${key}"]`);
const state = (element) => inside(element, '[data-state]')?.dataset.state;
const status = (element) => inside(element, '[data-status]').textContent;
const edit = async (element, key, value) => {
    field(element, key).dispatchEvent(new CustomEvent('edit', { bubbles: true, detail: { key, value } }));
    await settle();
};
const pressSave = async (element, keys = { ctrlKey: true }) => {
    inside(element, 'section').dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true, cancelable: true, ...keys }));
    await settle();
};
const error = (code, message, items = []) => ({ code, message, field: null, items, reference: 'req-1' });

async function show(panel = aPanel(rows())) {
    const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL, objectApiName: 'Opportunity' });
    tell('load', { panel });
    await settle();
    return element;
}

describe('the states', () => {
    it('loading: says so', async () => {
        const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL });

        expect(state(element)).toBe('loading');
        expect(inside(element, '[data-state]').textContent).toContain('Loading');
        await expect(element).toBeAccessible();
    });

    it('no record: says what to do', async () => {
        const element = mount('c-accord-panel', AccordPanel);

        expect(state(element)).toBe('no-record');
        await expect(element).toBeAccessible();
    });

    it('nothing set up: says who can change that, and still shows the plan', async () => {
        const element = await show(aPanel([]));

        expect(state(element)).toBe('empty');
        expect(inside(element, 'c-accord-plan')).not.toBeNull();
        await expect(element).toBeAccessible();
    });

    it.each([
        ['SALESFORCE_UNAVAILABLE', 'failed', true],
        ['NOT_FOUND', 'not-found', false],
        ['SIGN_IN_AGAIN', 'failed', false]
    ])('failed with %s: %s, with a way to try again: %s', async (code, expected, canRetry) => {
        const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL });
        tell('failure', { error: error(code, 'Salesforce does not answer.') });
        await settle();

        expect(state(element)).toBe(expected);
        expect(inside(element, '[data-retry]') !== null).toBe(canRetry);
        await expect(element).toBeAccessible();
    });

    it('failed: loads again on demand', async () => {
        const element = mount('c-accord-panel', AccordPanel, { recordId: DEAL });
        tell('failure', { error: error('SALESFORCE_UNAVAILABLE', 'No answer.') });
        await settle();

        inside(element, '[data-retry]').click();
        await settle();

        expect(source.load).toHaveBeenCalledTimes(1);
        expect(state(element)).toBe('loading');
    });

    it('ready: shows the rows in the order given, and no save bar', async () => {
        const element = await show();

        expect(allInside(element, 'c-accord-field').map((one) => one.row.label)).toEqual(['Opportunity Amount', 'Next Steps']);
        expect(inside(element, '[data-bar]')).toBeNull();
        expect(inside(element, '[data-saved-as]').textContent).toBe('Saving as Riley Okafor');
        await expect(element).toBeAccessible();
    });

    it('two tabs: shows each under its name (A29 to A33)', async () => {
        const tabs = [
            { key: 'deal', label: 'Deal', rows: [anAmount()] },
            { key: 'two', label: 'Qualification', rows: [aRow('NextStep')] }
        ];

        expect(allInside(await show(aPanel([], { tabs })), 'lightning-tab').map((tab) => tab.label)).toEqual(['Deal', 'Qualification']);
    });

    it('read-only: says so once for all', async () => {
        const element = await show(aPanel([anAmount({ editable: false })]));

        expect(inside(element, '[data-banner]').dataset.banner).toBe('read-only');
        await expect(element).toBeAccessible();
    });

    it('a failed refresh takes nothing away', async () => {
        const element = await show();
        await edit(element, AMOUNT, '130000');

        tell('failure', { error: error('SALESFORCE_UNAVAILABLE', 'No answer.') });
        await settle();

        expect(field(element, AMOUNT).draft.value).toBe('130000');
    });

    it('another record forgets what was typed for the last one', async () => {
        const element = await show();
        await edit(element, AMOUNT, '130000');

        element.recordId = '006Ax000001AbCeIAK';
        await settle();

        expect(state(element)).toBe('loading');
    });
});

describe('saving', () => {
    it('is offered with the number of changes', async () => {
        const element = await show();
        await edit(element, AMOUNT, '130000');
        expect(inside(element, '[data-count]').textContent).toBe('1 unsaved change');

        await edit(element, 'Opportunity.NextStep', 'Visit');
        expect(inside(element, '[data-count]').textContent).toBe('2 unsaved changes');
        await expect(element).toBeAccessible();
    });

    it.each([[{ ctrlKey: true }], [{ metaKey: true }]])('sends what changed, with what was seen, on the keys %o + S', async (keys) => {
        source.save.mockResolvedValue({ rows: [anAmount({ value: '130000.00' })], outcomes: [] });
        const element = await show();
        await edit(element, AMOUNT, '130000');

        await pressSave(element, keys);

        expect(source.save).toHaveBeenCalledWith([{ key: AMOUNT, value: '130000', seen: '125000.50' }]);
        expect(inside(element, '[data-bar]')).toBeNull();
        expect(status(element)).toBe('Saved to Salesforce');
        expect(source.announce).toHaveBeenCalledWith({ title: 'Saved to Salesforce', message: '', variant: 'success' });
    });

    it('is shown while it lasts, and is not started twice', async () => {
        source.save.mockReturnValue(new Promise(() => undefined));
        const element = await show();
        await edit(element, AMOUNT, '130000');

        await pressSave(element);
        await pressSave(element);

        expect(source.save).toHaveBeenCalledTimes(1);
        expect(inside(element, 'form').getAttribute('aria-busy')).toBe('true');
        expect(inside(element, '[data-save]')).toMatchObject({ disabled: true, textContent: 'Saving…' });
        await expect(element).toBeAccessible();
    });

    it('does nothing while nothing is changed', async () => {
        await pressSave(await show());

        expect(source.save).not.toHaveBeenCalled();
    });

    it('tells what the platform left as it was', async () => {
        const outcomes = [{ key: AMOUNT, outcome: 'ignored_by_platform', message: 'It comes from Products.' }];
        source.save.mockResolvedValue({ rows: [anAmount()], outcomes });
        const element = await show();
        await edit(element, AMOUNT, '130000');

        await pressSave(element);

        expect(field(element, AMOUNT).note).toBe('It comes from Products.');
        expect(status(element)).toBe('It comes from Products.');
    });

    it('is cancelled with all that was typed', async () => {
        const element = await show();
        await edit(element, AMOUNT, '130000');

        inside(element, '[data-cancel]').click();
        await settle();

        expect(inside(element, '[data-bar]')).toBeNull();
        expect(status(element)).toBe('Changes discarded');
    });
});

describe('a refused save', () => {
    async function refuse(refusal, edits = { [AMOUNT]: '130000' }) {
        source.save.mockRejectedValue(refusal);
        const element = await show();
        for (const [key, value] of Object.entries(edits)) {
            // eslint-disable-next-line no-await-in-loop
            await edit(element, key, value);
        }
        await pressSave(element);
        return element;
    }
    const atAmount = (code, more) => ({ key: AMOUNT, field: 'Amount', code, message: 'Too much.', ...more });

    it('keeps what was typed, shows the words of Salesforce at the field and goes there', async () => {
        const element = await refuse(error('SALESFORCE_REFUSED', 'No.', [atAmount('FIELD_CUSTOM_VALIDATION_EXCEPTION')]));

        expect(field(element, AMOUNT)).toMatchObject({ error: 'Too much.', draft: { value: '130000' } });
        expect(element.shadowRoot.activeElement).toBe(field(element, AMOUNT));
        await expect(element).toBeAccessible();
    });

    it('shows at the top what belongs to no field', async () => {
        const element = await refuse(
            error('SALESFORCE_REFUSED', 'No.', [{ key: null, field: null, code: 'X', message: 'Approval pending.' }])
        );

        expect(inside(element, '[data-banner="error"]').textContent).toContain('Approval pending.');
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-save]'));
    });

    it('without details shows its message and reference', async () => {
        const element = await refuse(error('SALESFORCE_UNAVAILABLE', 'Salesforce does not answer. Try again.'));

        expect(inside(element, '[data-banner="error"]').textContent).toMatch(/Salesforce does not answer.*Reference: req-1/);
    });

    it('for a stale edit offers a choice at each field, and goes from one to the next', async () => {
        const items = [atAmount('STALE_EDIT', { theirs: '99000.00' }), { key: 'Opportunity.NextStep', code: 'STALE_EDIT', theirs: null }];
        const element = await refuse(error('STALE_EDIT', 'Stale.', items), { [AMOUNT]: '130000', 'Opportunity.NextStep': 'Visit' });
        expect(inside(element, '[data-banner]').dataset.banner).toBe('stale');
        await expect(element).toBeAccessible();

        field(element, AMOUNT).dispatchEvent(new CustomEvent('keepmine', { bubbles: true, detail: { key: AMOUNT } }));
        await settle();
        expect(element.shadowRoot.activeElement).toBe(field(element, 'Opportunity.NextStep'));

        field(element, 'Opportunity.NextStep').dispatchEvent(
            new CustomEvent('taketheirs', { bubbles: true, detail: { key: 'Opportunity.NextStep' } })
        );
        await settle();
        expect(field(element, 'Opportunity.NextStep').row.value).toBeNull();
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-save]'));

        source.save.mockResolvedValue({ rows: [], outcomes: [] });
        await pressSave(element);
        expect(source.save).toHaveBeenLastCalledWith([{ key: AMOUNT, value: '130000', seen: '99000.00' }]);
    });

    it('is not sent again while a choice is open', async () => {
        const element = await refuse(error('STALE_EDIT', 'Stale.', [atAmount('STALE_EDIT', { theirs: '1.00' })]));

        await pressSave(element);

        expect(source.save).toHaveBeenCalledTimes(1);
    });
});

describe('the plan', () => {
    const create = async (element) => {
        inside(element, 'c-accord-plan').dispatchEvent(
            new CustomEvent('create', { detail: { title: 'T', stage_title: 'S', steps_total: 1, steps_done: 0 } })
        );
        await settle();
    };

    it('is created for this deal and then shown', async () => {
        source.createPlan.mockResolvedValue(aPlan());
        const element = await show(aPanel(rows(), { plan: null, can_create_plan: true }));

        await create(element);

        expect(source.createPlan).toHaveBeenCalledWith({
            opportunity_id: DEAL,
            title: 'T',
            stage_title: 'S',
            steps_total: 1,
            steps_done: 0
        });
        expect(inside(element, 'c-accord-plan').plan.id).toBe('p1');
        expect(status(element)).toBe('The plan has been created');
    });
});
