import AccordPlanPlaybook from 'c/accordPlanPlaybook';
import { aWholePlan, inside, listen, mount, settle } from 'accordTestKit';

const plan = aWholePlan([]);
const BIG = { id: 'b1', title: 'Enterprise', version: 3 };

async function show({ playbooks = [BIG], canSave = true, ...answers } = {}) {
    const ways = {
        playbooks: jest.fn(async () => ({ playbooks, can_save: canSave })),
        savePlaybook: jest.fn(async ({ title }) => ({ title })),
        replacePlaybook: jest.fn(async () => BIG),
        ...answers
    };
    const element = mount('c-accord-plan-playbook', AccordPlanPlaybook, { plan, ways });
    await settle();
    return { element, ways, said: listen(element, 'said') };
}
async function open(facts) {
    const shown = await show(facts);
    inside(shown.element, '[data-playbook]').click();
    await settle();
    return shown;
}
const send = async (element) => {
    inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};
const field = (element, name) => inside(element, `[data-field="${name}"]`);
const place = async (element, value) => {
    field(element, 'where').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settle();
};

it('is there for admins alone (B1)', async () => {
    const refused = async () => {
        throw new Error('No.');
    };
    expect(inside((await show({ canSave: false })).element, '[data-playbook]')).toBeNull();
    expect(inside((await show({ playbooks: undefined, ...{ playbooks: [] }, canSave: false })).element, 'form')).toBeNull();
    const element = mount('c-accord-plan-playbook', AccordPlanPlaybook, { plan, ways: { playbooks: refused } });
    await settle();
    expect(inside(element, '[data-playbook]')).toBeNull();
});

it('saves the plan under a title, with the same key for every try of one wish', async () => {
    const lost = jest.fn().mockRejectedValueOnce({ code: 'SAVE_IN_DOUBT', message: 'Nobody knows.' }).mockResolvedValue({ title: 'Ours' });
    const { element, said } = await open({ savePlaybook: lost });
    expect(field(element, 'title').value).toBe('Brightwater plan');
    await expect(element).toBeAccessible();
    field(element, 'title').value = ' Ours ';
    field(element, 'description').value = 'For us';
    field(element, 'start').value = '2026-11-01';

    await send(element);
    expect(inside(element, '[data-error]').textContent).toBe('Nobody knows.');
    await send(element);

    const [[body, key], [, again]] = lost.mock.calls;
    expect(body).toEqual({ plan: 'p1', start: '2026-11-01', title: 'Ours', description: 'For us' });
    expect(again).toBe(key);
    expect(said).toHaveBeenCalledWith('“Ours” is a playbook now. It is offered where a plan is started.');
    expect(inside(element, 'form')).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-playbook]'));
});

it('says at its field that the title is taken', async () => {
    const items = [{ field: 'title', message: 'Another playbook has this title.' }];
    const { element, said } = await open({ savePlaybook: jest.fn().mockRejectedValue({ code: 'INVALID_VALUE', message: 'No.', items }) });

    await send(element);

    expect(field(element, 'title').shownMessage).toBe('Another playbook has this title.');
    expect(inside(element, '[data-error]')).toBeNull();
    expect(said).not.toHaveBeenCalled();
});

it('replaces the content of one in the version that was seen, and again in that of now', async () => {
    const refused = jest.fn().mockRejectedValueOnce({ code: 'CHANGED_MEANWHILE', message: 'Load it.' }).mockResolvedValue(BIG);
    const { element, ways, said } = await open({ replacePlaybook: refused });
    await place(element, 'b1');
    expect(field(element, 'title')).toBeNull();
    ways.playbooks.mockResolvedValue({ playbooks: [{ ...BIG, version: 4 }], can_save: true });

    await send(element);
    expect(inside(element, '[data-error]').textContent).toContain('Save again to replace');
    await send(element);

    expect(refused.mock.calls.map(([one, content]) => [one.version, content])).toEqual([
        [3, { plan: 'p1', start: null }],
        [4, { plan: 'p1', start: null }]
    ]);
    expect(said).toHaveBeenCalledWith(expect.stringContaining('“Enterprise” begins with what this plan has'));
});

it('does not say of what is saved that it failed when the list cannot be read afterwards', async () => {
    const { element, ways, said } = await open();
    ways.playbooks.mockRejectedValue({ code: 'UNAVAILABLE', message: 'Try again.' });

    await send(element);

    expect(said).toHaveBeenCalledTimes(1);
    expect(inside(element, '[data-error]')).toBeNull();
    expect(inside(element, 'form')).toBeNull();
});

it('asks for no place where there is none yet, and closes on Escape', async () => {
    const { element } = await open({ playbooks: [] });
    expect(field(element, 'where')).toBeNull();

    inside(element, 'form').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settle();

    expect(inside(element, 'form')).toBeNull();
});
