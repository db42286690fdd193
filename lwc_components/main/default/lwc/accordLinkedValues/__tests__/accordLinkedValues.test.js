import AccordLinkedValues from 'c/accordLinkedValues';
import { aWholePlan, allInside, inside, listen, mount, settle } from 'accordTestKit';

const aValue = (linked, facts = {}) => ({
    linked,
    is_enabled: true,
    standing: 'equal',
    sentence: null,
    is_visible: true,
    may_write: true,
    comes_from_products: false,
    conflict: null,
    since: null,
    advice: null,
    version: 3,
    ...facts
});
const conflict = aValue('amount', {
    standing: 'conflict',
    sentence: 'Somebody has to choose.',
    since: '2026-11-22T10:04:00Z',
    conflict: { accord: '80000.00', salesforce: '90000.00', currency: 'EUR' }
});
const inStep = { values: [aValue('close_date'), aValue('amount')] };
const plan = aWholePlan([], { end_date: '2026-12-31', value: { amount: '80000.00', currency: 'EUR' } });
const refused = (code) => jest.fn().mockRejectedValue({ code, message: 'No.', items: [] });

async function show(values, answers = {}) {
    const ways = { linked: jest.fn(async () => ({ values })), decide: jest.fn(async () => inStep), ...answers };
    const element = mount('c-accord-linked-values', AccordLinkedValues, { plan, ways });
    await settle();
    return { element, ways };
}
const item = (element, linked) => inside(element, `[data-linked="${linked}"]`);
const lineOf = (element, linked) => [...item(element, linked).querySelectorAll('.line > *')].map((one) => one.textContent);
const press = async (element, choose) => {
    inside(element, `[data-choose="${choose}"]`).click();
    await settle();
};

it('tells both values, and how each stands with the deal', async () => {
    const { element, ways } = await show([aValue('close_date'), aValue('amount', { standing: 'on_its_way', advice: 'It is retried.' })]);

    expect(ways.linked).toHaveBeenCalledWith('p1');
    expect(lineOf(element, 'close_date')).toEqual(['End date', 'Dec 31, 2026', 'In step with the deal']);
    expect(lineOf(element, 'amount')).toEqual(['Value', '€80,000.00', 'On its way to Salesforce']);
    expect(item(element, 'amount').textContent).toContain('It is retried.');
    expect(inside(element, '[data-choose]')).toBeNull();
});

it.each([
    ['not_read', 'Salesforce was not read yet'],
    ['frozen', 'Stopped'],
    ['apart', 'Apart from the deal']
])('a value that is %s says so and why', async (standing, words) => {
    const { element } = await show([aValue('close_date', { standing, sentence: 'Because.' })]);

    expect(lineOf(element, 'close_date')[2]).toBe(words);
    expect(item(element, 'close_date').textContent).toContain('Because.');
});

it('a link that is off says that alone', async () => {
    const { element } = await show([aValue('amount', { is_enabled: false, standing: 'frozen', sentence: 'Because.' })]);

    expect(lineOf(element, 'amount')[2]).toBe('Not linked to the deal');
    expect(item(element, 'amount').textContent).not.toContain('Because.');
});

it('shows nothing of a plan without linked values', async () => {
    const { element } = await show([]);

    expect(inside(element, 'section')).toBeNull();
});

describe('a conflict', () => {
    it('shows both values with their currency, and since when', async () => {
        const { element } = await show([conflict]);

        expect(inside(element, '[data-theirs]').textContent).toBe('€90,000.00');
        expect(inside(element, '[data-ours]').textContent).toBe('€80,000.00');
        expect(inside(element, '[data-since]').textContent).toMatch(/^Since Nov 22, 2026/);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['salesforce', 'Value: the plan has Salesforce’s value now.'],
        ['accord', 'Value: the plan’s value is on its way to Salesforce.']
    ])('is decided for %s in the version that was seen', async (choose, words) => {
        const { element, ways } = await show([conflict]);
        const [said, decided] = [listen(element, 'said'), listen(element, 'decided')];

        await press(element, choose);

        expect(ways.decide).toHaveBeenCalledWith('p1', 'amount', choose, 3);
        expect(said).toHaveBeenCalledWith(words);
        expect(decided).toHaveBeenCalled();
        expect(inside(element, '[data-choose]')).toBeNull();
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-heading]'));
    });

    it('offers no value of the plan to who may not edit the field in Salesforce', async () => {
        const { element } = await show([{ ...conflict, may_write: false }]);

        expect(allInside(element, '[data-choose]').map((one) => one.dataset.choose)).toEqual(['salesforce']);
        expect(inside(element, '[data-no-edit]').textContent).toContain('does not let you edit');
    });

    it('offers no choice to whom Salesforce does not show the field', async () => {
        const { element } = await show([{ ...conflict, is_visible: false, may_write: false, conflict: null }]);

        expect(inside(element, '[data-choose]')).toBeNull();
        expect(inside(element, '[data-note]').textContent).toContain('Somebody who sees it can choose.');
    });

    it('that has changed meanwhile is shown as it is by now, and is not decided', async () => {
        const later = { ...conflict, version: 4, conflict: { ...conflict.conflict, salesforce: '95000.00' } };
        const linked = jest
            .fn()
            .mockResolvedValueOnce({ values: [conflict] })
            .mockResolvedValue({ values: [later] });
        const { element } = await show([], { linked, decide: refused('STALE_EDIT') });
        const decided = listen(element, 'decided');

        await press(element, 'accord');

        expect(inside(element, '[data-trouble]').textContent).toMatch(/^Somebody was first/);
        expect(inside(element, '[data-theirs]').textContent).toBe('€95,000.00');
        expect(decided).not.toHaveBeenCalled();
    });

    it('of which nobody knows whether it was decided is decided when it is over', async () => {
        const linked = jest
            .fn()
            .mockResolvedValueOnce({ values: [conflict] })
            .mockResolvedValue(inStep);
        const { element } = await show([], { linked, decide: refused('SAVE_IN_DOUBT') });
        const decided = listen(element, 'decided');

        await press(element, 'accord');

        expect(inside(element, '[data-trouble]')).toBeNull();
        expect(decided).toHaveBeenCalled();
    });

    it('says at its place why it was refused', async () => {
        const { element } = await show([conflict], { decide: refused('NOT_ALLOWED') });

        await press(element, 'accord');

        expect(inside(element, '[data-trouble]').textContent).toBe('No.');
        expect(inside(element, '[data-choose]')).not.toBeNull();
    });
});

it('asks again when the plan was read again, and keeps what it shows when no answer comes', async () => {
    const { element, ways } = await show([conflict]);
    ways.linked.mockRejectedValue({ code: 'UNREACHABLE', message: 'No.' });

    element.reads = 2;
    await settle();

    expect(ways.linked).toHaveBeenCalledTimes(2);
    expect(inside(element, '[data-choose]')).not.toBeNull();
});

it.each([
    ['the same values that are in step', [aValue('amount')], {}, 1],
    ['the same values, and the link is off', [aValue('amount', { is_enabled: false, standing: 'not_read' })], {}, 1],
    ['another end date', [aValue('amount')], { end_date: '2027-01-31' }, 2],
    ['another amount', [aValue('amount')], { value: { amount: '1.00', currency: 'EUR' } }, 2],
    ['another currency', [aValue('amount')], { value: { amount: '80000.00', currency: 'USD' } }, 2],
    ['another deal', [aValue('amount')], { opportunity_id: '006B' }, 2],
    ['a write under way', [aValue('amount', { standing: 'on_its_way' })], {}, 2],
    ['a value that was not read yet', [aValue('amount', { standing: 'not_read' })], {}, 2]
])('asks after a change of the plan only where something may stand otherwise: %s', async (_, values, change, calls) => {
    const { element, ways } = await show(values);

    element.plan = { ...plan, version: 8, ...change };
    await settle();

    expect(ways.linked).toHaveBeenCalledTimes(calls);
});

it('says that nothing is known when the first answer does not come', async () => {
    const { element } = await show([], { linked: refused('UNREACHABLE') });

    expect(inside(element, '[data-failed]').textContent).toContain('is not known just now');
});
