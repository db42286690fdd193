import AccordPanel from 'c/accordPanel';
import { DEAL, aPanel, aRow, allInside, anAmount, inside, mount, settle } from 'accordTestKit';
import { source, tell } from '../../../../../test/platform/recordSource';

jest.mock('c/accordRecordSource', () => jest.requireActual('../../../../../test/platform/recordSource'));

const AMOUNT = 'Opportunity.Amount';
const rows = () => [anAmount(), aRow('NextStep', { label: 'Next Steps', value: 'Call' })];
const field = (element, key) => inside(element, `c-accord-field[data-key="${key}"]`);
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

const banner = (element) => inside(element, '[data-banner]');

async function refuse(refusal) {
    source.save.mockRejectedValue(refusal);
    const element = await show();
    await edit(element, AMOUNT, '130000');
    await pressSave(element);
    return element;
}

describe('a save that nobody knows the end of', () => {
    it.each([[error('SAVE_IN_DOUBT', 'No answer.')]])('is told as that, and what was typed can be sent again: %o', async (refusal) => {
        const element = await refuse(refusal);

        expect(banner(element).dataset.banner).toBe('in-doubt');
        expect(banner(element).textContent).toMatch(
            /It is not known whether this was saved.*Save again: you will see if it is there already\./
        );
        expect(banner(element).textContent).not.toContain('Not saved');
        expect(field(element, AMOUNT).draft.value).toBe('130000');
        await expect(element).toBeAccessible();

        source.save.mockResolvedValue({ rows: [anAmount({ value: '130000.00' })], outcomes: [{ key: AMOUNT, outcome: 'unchanged' }] });
        await pressSave(element);

        expect(status(element)).toBe('Saved to Salesforce');
        expect(banner(element)).toBeNull();
    });
});

describe('a refusal about a field that is not in the panel', () => {
    const elsewhere = { key: null, field: 'LeadSource', code: 'X', message: 'Tell us where it came from.' };

    it('names the field and offers the record', async () => {
        const element = await refuse(error('SALESFORCE_REFUSED', 'No.', [elsewhere]));

        expect(banner(element).textContent).toContain('LeadSource: Tell us where it came from.');
        inside(element, '[data-open]').click();
        expect(source.openPlace).toHaveBeenCalledWith({ recordId: DEAL });
        await expect(element).toBeAccessible();
    });

    it('does not offer it for one that is', async () => {
        const element = await refuse(error('SALESFORCE_REFUSED', 'No.', [{ ...elsewhere, key: AMOUNT, field: 'Amount' }]));

        expect(inside(element, '[data-open]')).toBeNull();
    });
});

it.each([
    ['SALESFORCE_REFUSED', undefined, false],
    ['INVALID_VALUE', 422, false],
    ['SOMETHING_NEW', 403, false],
    ['SALESFORCE_UNAVAILABLE', 503, true],
    ['INTERNAL_ERROR', 500, true]
])('a failure %s (%s) shows its reference: %s', async (code, httpStatus, isShown) => {
    const element = await refuse({ ...error(code, 'No.'), status: httpStatus });

    expect(banner(element).textContent.includes('Reference: req-1')).toBe(isShown);
});

describe('what is read anew', () => {
    const fresh = () => tell('load', { panel: aPanel([anAmount({ value: '99000.00' }), aRow('NextStep', { value: 'Visit' })]) });

    it('follows a stale edit: fields beside it become true, what is typed stays', async () => {
        const element = await refuse(error('STALE_EDIT', 'Stale.', [{ key: AMOUNT, code: 'STALE_EDIT', theirs: '99000.00' }]));
        expect(source.load).toHaveBeenCalledTimes(1);

        fresh();
        await settle();

        expect(field(element, 'Opportunity.NextStep').row.value).toBe('Visit');
        expect(field(element, AMOUNT).draft).toMatchObject({ value: '130000', theirs: '99000.00' });
    });

    it('leaves the field alone that has the focus', async () => {
        const element = await show();
        field(element, 'Opportunity.NextStep').focus();

        element.refresh();
        fresh();
        await settle();

        expect(field(element, 'Opportunity.NextStep').row.value).toBe('Call');
        expect(field(element, AMOUNT).row.value).toBe('99000.00');
    });

    it('is not asked for while a save is under way', async () => {
        source.save.mockReturnValue(new Promise(() => undefined));
        const element = await show();
        await edit(element, AMOUNT, '130000');
        await pressSave(element);

        element.refresh();

        expect(source.load).not.toHaveBeenCalled();
    });
});

it('tells whether leaving would lose something', async () => {
    const element = await show();
    expect(element.hasUnsaved).toBe(false);

    await edit(element, AMOUNT, '130000');

    expect(element.hasUnsaved).toBe(true);
});

describe('a plan that could not be created', () => {
    const plan = (element) => inside(element, 'c-accord-plan');
    const create = async (element) => {
        plan(element).dispatchEvent(new CustomEvent('create', { detail: { title: 'T' } }));
        await settle();
    };
    const without = () => aPanel(rows(), { plan: null, can_create_plan: true });
    const refusePlan = (refusal) => source.createPlan.mockRejectedValue(refusal);

    it('says why', async () => {
        refusePlan(error('INVALID_VALUE', 'No.'));
        const element = await show(without());

        await create(element);

        expect(plan(element).error.message).toBe('No.');
    });

    it('because a colleague was faster shows that one', async () => {
        refusePlan(error('ALREADY_CONNECTED', 'This deal has a plan already.'));
        source.load.mockImplementation(async () => tell('load', { panel: aPanel(rows()) }));
        const element = await show(without());

        await create(element);

        expect(plan(element)).toMatchObject({ note: 'A colleague has just created one.', error: null });
        expect(plan(element).plan.id).toBe('p1');
        expect(status(element)).toBe('A colleague has just created one.');
    });

    it('as far as is known says that, and finds it when it is there', async () => {
        refusePlan(error('SAVE_IN_DOUBT', 'No answer.'));
        const element = await show(without());
        await create(element);
        expect(plan(element).error.message).toContain('It is not known whether the plan was created.');

        refusePlan(error('ALREADY_CONNECTED', 'This deal has a plan already.'));
        source.load.mockImplementation(async () => tell('load', { panel: aPanel(rows()) }));
        await create(element);

        expect(plan(element).note).toBe('The plan is there already.');
    });
});

it('opens the approval that locks the record, and the place where a locked value is changed', async () => {
    const reason = { code: 'LOCKED_BY_APPROVAL', since: '2026-11-20T09:30:00Z' };
    const owner = aRow('Owner.Name', { editable: false, read_only_reason: { code: 'RELATED', record_id: '005Ax' } });
    const element = await show(aPanel([anAmount({ editable: false, read_only_reason: reason }), owner]));

    inside(element, '[data-banner="approval"] [data-place]').click();
    expect(source.openPlace).toHaveBeenLastCalledWith(expect.objectContaining({ recordId: DEAL, list: 'ProcessSteps' }));
    allInside(element, 'c-accord-field')[1].shadowRoot.querySelector('[data-place]').click();

    expect(source.openPlace).toHaveBeenLastCalledWith({ label: 'Open that record', recordId: '005Ax' });
    await expect(element).toBeAccessible();
});
