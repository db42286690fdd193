import AccordPlanBegin from 'c/accordPlanBegin';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';

const BIG = { id: 'b1', title: 'Enterprise', description: 'For big ones', stages: 4, steps: 12, is_offered: true };
const HIDDEN = { ...BIG, id: 'b2', title: 'Old', is_offered: false };

async function show(playbooks) {
    const element = mount('c-accord-plan-begin', AccordPlanBegin, { ways: { playbooks } });
    await settle();
    return element;
}

it('offers an empty plan and the playbooks that are offered, with what they have (B1)', async () => {
    const element = await show(async () => ({ playbooks: [BIG, HIDDEN] }));
    const chosen = listen(element, 'choose');
    const [empty, big] = allInside(element, 'input');

    expect(allInside(element, '[data-choice]').map(({ dataset }) => dataset.choice)).toEqual(['empty', 'b1']);
    expect(inside(element, '[data-choice="b1"]').textContent).toContain('Stages: 4, steps: 12');
    expect([empty.checked, big.checked]).toEqual([true, false]);
    await expect(element).toBeAccessible();
    big.dispatchEvent(new CustomEvent('change'));
    await settle();
    expect(chosen).toHaveBeenLastCalledWith({ id: 'b1' });
    expect(big.checked).toBe(true);
    empty.dispatchEvent(new CustomEvent('change'));
    expect(chosen).toHaveBeenLastCalledWith({ id: null });
});

it('asks nothing where there is none, and says why where they cannot be read', async () => {
    expect(inside(await show(async () => ({ playbooks: [HIDDEN] })), '[data-begin]')).toBeNull();

    const element = await show(async () => {
        throw new Error('Accord is away.');
    });
    expect(inside(element, '[data-problem]').textContent).toContain('Accord is away.');
});
