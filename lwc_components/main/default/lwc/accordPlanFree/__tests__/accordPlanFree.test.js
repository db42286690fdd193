import AccordPlanFree from 'c/accordPlanFree';
import { DEAL, allInside, aPlan, anAmount, inside, listen, mount, settle } from 'accordTestKit';

async function open(answers = {}) {
    const ways = {
        free: jest.fn(async () => ({ plans: [aPlan({ opportunity_id: null })], next: null })),
        read: jest.fn(async () => aPlan({ version: 3 })),
        connect: jest.fn(async () => aPlan({ version: 4 })),
        ...answers
    };
    const element = mount('c-accord-plan-free', AccordPlanFree, { ways, recordId: DEAL });
    const used = listen(element, 'used');
    inside(element, '[data-free]').click();
    await settle();
    return { element, ways, used };
}
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};

it('connects the plan that is chosen, in the version that it has now', async () => {
    const { element, ways, used } = await open();
    await expect(element).toBeAccessible();

    await press(element, '[data-use]');

    expect(ways.read).toHaveBeenCalledWith('p1');
    expect(ways.connect).toHaveBeenCalledWith('p1', aPlan({ version: 3 }), DEAL);
    expect(used).toHaveBeenCalledWith({ plan: aPlan({ version: 4 }) });
});

it('shows the value that a title names, as it will read for this deal', async () => {
    const plans = [aPlan({ title: 'Within {{Budget}}', opportunity_id: null })];
    const { element } = await open({ free: async () => ({ plans, next: null }) });
    element.variables = [anAmount({ label: 'Budget', currency: 'USD' })];
    await settle();

    expect(inside(element, '.name').textContent).toBe('Within $125,000.50 (Salesforce value: Budget)');
    expect(inside(element, '[data-use]').getAttribute('aria-label')).toContain('Within $125,000.50');
});

it('reads page by page', async () => {
    const free = jest
        .fn()
        .mockResolvedValueOnce({ plans: [], next: 'p5' })
        .mockResolvedValue({ plans: [aPlan()], next: null });
    const { element } = await open({ free });
    expect(inside(element, '[data-none]')).toBeNull();

    await press(element, '[data-more]');

    expect(free).toHaveBeenLastCalledWith('p5', 50);
    expect(allInside(element, 'li')).toHaveLength(1);
    expect(inside(element, '[data-more]')).toBeNull();
});

it('says that there is none, and why one cannot be used', async () => {
    const none = await open({ free: async () => ({ plans: [], next: null }) });
    expect(inside(none.element, '[data-none]')).not.toBeNull();

    const { element, used } = await open({ connect: jest.fn().mockRejectedValue({ code: 'ALREADY_CONNECTED', message: 'It has one.' }) });
    await press(element, '[data-use]');
    expect(inside(element, '[data-error]').textContent).toBe('It has one.');
    expect(used).not.toHaveBeenCalled();
});
