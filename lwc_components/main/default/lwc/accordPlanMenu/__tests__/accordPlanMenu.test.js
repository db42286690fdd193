import AccordPlanMenu from 'c/accordPlanMenu';
import { aWholePlan, inside, listen, mount, settle } from 'accordTestKit';

const plan = aWholePlan([]);
const refused = (code) => jest.fn().mockRejectedValue({ code, message: 'The deal of a plan may not be changed.', items: [] });

async function open(properties = {}, answers = {}) {
    const ways = {
        follow: jest.fn(async () => plan),
        stopFollowing: jest.fn(async () => plan),
        archive: jest.fn(async () => plan),
        disconnect: jest.fn(async () => plan),
        connect: jest.fn(async () => plan),
        playbooks: jest.fn(async () => ({ playbooks: [], can_save: true })),
        duplicate: jest.fn(async () => ({ title: 'Brightwater plan (copy)' })),
        searchDeals: jest.fn(async () => ({
            deals: [
                { id: 'd1', name: 'Northwind', has_plan: false },
                { id: 'd2', name: 'Northern', has_plan: true }
            ]
        })),
        ...answers
    };
    const carry = jest.fn((answer) => answer);
    const element = mount('c-accord-plan-menu', AccordPlanMenu, { plan, ways, carry, ...properties });
    const said = listen(element, 'said');
    inside(element, '[data-menu]').click();
    await settle();
    return { element, ways, carry, said };
}
const press = async (element, selector) => {
    inside(element, selector).click();
    await settle();
};
const confirm = async (element) => {
    inside(element, 'c-accord-confirm').dispatchEvent(new CustomEvent('confirm'));
    await settle();
};

it('says in words whether one follows, how many do, and follows and stops with one press', async () => {
    const { element, ways, carry, said } = await open();
    expect(inside(element, '[data-follows]').textContent).toBe('You do not follow this plan.');

    await press(element, '[data-follow]');
    expect(ways.follow).toHaveBeenCalledWith('p1');
    expect(carry).toHaveBeenCalledTimes(1);
    expect(said).toHaveBeenLastCalledWith('You follow “Brightwater plan” now.');

    element.plan = { ...plan, following: true, followers: 2 };
    await settle();
    expect(inside(element, '[data-follows]').textContent).toMatch(/^You follow this plan.* Followers: 2\.$/);
    expect(inside(element, '[data-follow]').textContent).toBe('Stop following');
    await press(element, '[data-follow]');
    expect(ways.stopFollowing).toHaveBeenCalledWith('p1');
    expect(said).toHaveBeenLastCalledWith('You do not follow “Brightwater plan” any more.');
});

it('says what went wrong where somebody could not follow, and offers nothing where it is not told who does', async () => {
    const { element, said } = await open({}, { follow: refused('NOT_FOUND') });
    await press(element, '[data-follow]');
    expect(inside(element, '[data-trouble]').textContent).toBe('The deal of a plan may not be changed.');
    expect(said).not.toHaveBeenCalled();

    element.plan = { ...plan, following: null };
    await settle();
    expect(inside(element, '[data-follow]')).toBeNull();
});

it('archives after a question that says what it means, and brings back without one', async () => {
    const { element, ways, said } = await open();

    await press(element, '[data-ask="archive"]');
    expect(inside(element, 'c-accord-confirm').question).toContain('It can be brought back.');
    expect(ways.archive).not.toHaveBeenCalled();
    await confirm(element);

    expect(ways.archive).toHaveBeenCalledWith('p1', plan, true);
    expect(said).toHaveBeenLastCalledWith('“Brightwater plan” is archived.');
    expect(inside(element, 'c-accord-confirm')).toBeNull();

    element.plan = { ...plan, is_archived: true };
    await settle();
    expect(inside(element, '[data-ask]')).toBeNull();
    await press(element, '[data-restore]');
    expect(ways.archive).toHaveBeenLastCalledWith('p1', element.plan, false);
    expect(said).toHaveBeenLastCalledWith('“Brightwater plan” is back and can be changed.');
});

it('is accessible with an open question and with an open search', async () => {
    const { element } = await open();
    await press(element, '[data-ask="disconnect"]');
    await expect(element).toBeAccessible();
    await press(element, '[data-ask="move"]');
    await expect(element).toBeAccessible();
});

it('says the sentence of the lock where somebody wants to disconnect, and changes nothing (A112)', async () => {
    const { element, said } = await open({}, { disconnect: refused('DEAL_LOCKED') });

    await press(element, '[data-ask="disconnect"]');
    await confirm(element);

    expect(inside(element, 'c-accord-confirm').error).toBe('The deal of a plan may not be changed.');
    expect(said).not.toHaveBeenCalled();
});

it('says that somebody was first', async () => {
    const { element } = await open({}, { disconnect: refused('CHANGED_MEANWHILE') });

    await press(element, '[data-ask="disconnect"]');
    await confirm(element);

    expect(inside(element, 'c-accord-confirm').error).toMatch(/^Somebody has changed the plan meanwhile/);
});

it('copies with one key for every try of the wish', async () => {
    const duplicate = jest
        .fn()
        .mockRejectedValueOnce({ code: 'UNREACHABLE', message: 'No.' })
        .mockResolvedValue({ title: 'Brightwater plan (copy)' });
    const { element, said } = await open({}, { duplicate });

    await press(element, '[data-duplicate]');
    expect(inside(element, '[data-trouble]').textContent).toBe('No.');
    await press(element, '[data-duplicate]');
    await press(element, '[data-duplicate]');

    const [first, second, third] = duplicate.mock.calls.map(([, key]) => key);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(said).toHaveBeenLastCalledWith(
        '“Brightwater plan (copy)” is made: a draft without a deal. It is offered where a deal has no plan.'
    );
});

describe('moving to another deal', () => {
    const search = async (element, text) => {
        await press(element, '[data-ask="move"]');
        inside(element, '[data-search]').value = text;
        inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
        await settle();
    };

    it('offers the deals that are found and have no plan', async () => {
        const { element, ways, said } = await open();
        await search(element, ' North ');

        expect(ways.searchDeals).toHaveBeenCalledWith('North');
        expect(inside(element, '[data-found="d2"]').textContent).toBe('Northernhas a plan');
        await press(element, '[data-deal="d1"]');

        expect(ways.connect).toHaveBeenCalledWith('p1', plan, 'd1');
        expect(said).toHaveBeenLastCalledWith('“Brightwater plan” belongs to Northwind now.');
        expect(inside(element, 'form')).toBeNull();
    });

    it.each(['DEAL_LOCKED', 'NO_SALESFORCE_LOGIN'])('says why it cannot be: %s', async (code) => {
        const { element } = await open({}, { connect: refused(code) });
        await search(element, 'North');
        await press(element, '[data-deal="d1"]');

        expect(inside(element, '[data-error]').textContent).toBe('The deal of a plan may not be changed.');
    });

    it('says that nothing was found', async () => {
        const { element } = await open({}, { searchDeals: async () => ({ deals: [] }) });
        await search(element, 'North');

        expect(inside(element, '[data-none]')).not.toBeNull();
    });
});

it('passes on what is said of a playbook, and offers none of an archived plan (B1)', async () => {
    const { element, said } = await open();
    inside(element, 'c-accord-plan-playbook').dispatchEvent(new CustomEvent('said', { detail: 'It is one.' }));
    expect(said).toHaveBeenLastCalledWith('It is one.');

    element.plan = { ...plan, is_archived: true };
    await settle();
    expect(inside(element, 'c-accord-plan-playbook')).toBeNull();
});

it('offers nothing about a deal for a plan without one', async () => {
    const { element } = await open({ plan: { ...plan, opportunity_id: null } });

    expect(inside(element, '[data-ask="move"]')).toBeNull();
    expect(inside(element, '[data-ask="disconnect"]')).toBeNull();
});
