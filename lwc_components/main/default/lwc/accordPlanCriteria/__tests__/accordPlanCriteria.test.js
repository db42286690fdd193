import AccordPlanCriteria from 'c/accordPlanCriteria';
import { aStage, aStep, aWholePlan, allInside, anAmount, inside, mount, settle } from 'accordTestKit';

const NOTHING = { step_id: null, text: null, is_checked: false, about_id: null };
const aCriterion = (key, kind, facts = {}) => ({
    ...NOTHING,
    id: `id-${key}`,
    key,
    kind,
    title: key,
    is_fulfilled: false,
    is_required: true,
    ...facts
});
const SPONSOR = aCriterion('Sponsor', 'role', { is_fulfilled: true, text: 'Ira Sand', about_id: 's1' });
const CASE = aCriterion('Case', 'resource', { is_required: false });
const STEP = aCriterion('Kick-off', 'step');
const WORDS = aCriterion('Goals', 'text');
const CHECK = aCriterion('Review', 'checkbox');
const planOf = (...criteria) =>
    aWholePlan([aStage('1', [aStep('1')])], {
        criteria: criteria.length ? criteria : [SPONSOR, CASE, STEP, WORDS, CHECK],
        stakeholders: [{ id: 's1', name: 'Ira Sand', title: '', email: '' }],
        resources: [{ id: 'r1', title: 'Business case', url: 'https://files.example/case' }]
    });

async function open(ways = {}, plan = planOf()) {
    const said = [];
    const element = mount('c-accord-plan-criteria', AccordPlanCriteria, { plan, save: jest.fn(), readAgain: jest.fn(), ...ways });
    element.addEventListener('said', ({ detail }) => said.push(detail));
    inside(element, '[data-criteria]').click();
    await settle();
    return { element, said };
}
const itemOf = (element, key) => inside(element, `[data-criterion="${key}"] c-accord-plan-criterion`);
const edit = async (element, key) => {
    inside(itemOf(element, key), '[data-edit]').click();
    await settle();
    return itemOf(element, key);
};
const choose = async (item, value) => {
    inside(item, '[data-field="list"]').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settle();
};
const type = async (item, value) => {
    const entry = inside(item, '[data-field="text"]');
    entry.value = value;
    entry.setCustomValidity = () => undefined;
    entry.dispatchEvent(new CustomEvent('change'));
    await settle();
};
const submit = async (item) => {
    inside(item, '[data-form]').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};

it('says what is fulfilled and by what, and which are required at the present stage (B1)', async () => {
    const { element } = await open();

    expect(inside(element, '[data-criteria]').textContent).toBe('Execution criteria: 1 of 5 fulfilled');
    const values = allInside(element, 'c-accord-plan-criterion').map((item) => inside(item, '[data-value]')?.textContent);
    expect(values).toEqual(['Ira Sand', 'Nothing yet', 'Nothing yet', 'Nothing yet', undefined]);
    const required = allInside(element, 'c-accord-plan-criterion').map((item) => Boolean(inside(item, '[data-required]')));
    expect(required).toEqual([false, false, true, true, true]);
    await expect(element).toBeAccessible();
});

it('says that the stage is not known instead of marking what is required at some stages alone', async () => {
    const { element } = await open();
    expect(inside(element, '[data-unknown]')).toBeNull();

    element.plan = { ...element.plan, criteria: element.plan.criteria.map((one) => ({ ...one, is_required: null })) };
    await settle();

    expect(inside(element, '[data-unknown]').textContent).toMatch(/^The deal’s stage is not known here/);
    const marked = allInside(element, 'c-accord-plan-criterion').filter((item) => inside(item, '[data-required]'));
    expect(marked).toEqual([]);
});

it('sets each kind by what fits it: a person or a resource of the plan, a step, a text, a tick', async () => {
    const save = jest.fn();
    const { element, said } = await open({ save });
    const first = planOf().stages[0].steps[0].id;

    const person = await edit(element, 'Sponsor');
    await expect(element).toBeAccessible();
    await choose(person, 'm2');
    await submit(person);
    const link = await edit(element, 'Case');
    await choose(link, 'other');
    await type(link, ' https://files.example/other ');
    await submit(link);
    const step = await edit(element, 'Kick-off');
    await choose(step, first);
    await submit(step);
    const text = await edit(element, 'Goals');
    await type(text, 'Save 40 hours');
    await submit(text);
    const box = inside(itemOf(element, 'Review'), '[data-check]');
    box.checked = true;
    box.dispatchEvent(new CustomEvent('change'));
    await settle();

    expect(save.mock.calls.map(([{ key }, value]) => [key, value])).toEqual([
        ['Sponsor', { ...NOTHING, about_id: 'm2' }],
        ['Case', { ...NOTHING, text: 'https://files.example/other' }],
        ['Kick-off', { ...NOTHING, step_id: first }],
        ['Goals', { ...NOTHING, text: 'Save 40 hours' }],
        ['Review', { ...NOTHING, is_checked: true }]
    ]);
    expect(said).toEqual(['Sponsor is saved', 'Case is saved', 'Kick-off is saved', 'Goals is saved', 'Review is saved']);
});

it('says at the entry what was refused, and keeps what was typed', async () => {
    const item = { key: 'text', field: 'text', message: 'A link begins with https:// or http:// and names a host.' };
    const save = jest.fn().mockRejectedValue({ code: 'INVALID_VALUE', message: 'Nothing was saved.', items: [item] });
    const { element } = await open({ save });
    const link = await edit(element, 'Case');
    await choose(link, 'other');
    await type(link, 'files');
    await submit(link);

    expect(inside(link, '[data-error]').textContent).toBe(item.message);
    expect(inside(link, '[data-field="text"]').value).toBe('files');
    expect(element.hasTyped).toBe(true);
});

it('saves again what only the rest of the plan stood in the way of, and asks where somebody set the same', async () => {
    const stale = () => ({ code: 'CHANGED_MEANWHILE', message: 'Somebody else.', items: [] });
    const save = jest.fn().mockRejectedValueOnce(stale()).mockResolvedValueOnce().mockRejectedValueOnce(stale());
    const readAgain = jest
        .fn()
        .mockResolvedValueOnce(planOf(WORDS))
        .mockResolvedValue(planOf({ ...WORDS, text: 'At most {{Budget}}' }));
    const variables = [anAmount({ label: 'Budget', currency: 'USD' })];
    const { element, said } = await open({ save, readAgain, variables }, planOf(WORDS));

    const text = await edit(element, 'Goals');
    await type(text, 'Mine');
    await submit(text);
    expect([save.mock.calls.length, said]).toEqual([2, ['Goals is saved']]);

    await edit(element, 'Goals');
    await type(text, 'Mine too');
    await submit(text);
    expect(inside(text, '[data-error]').textContent).toBe(
        'Somebody else has changed it meanwhile: At most $125,000.50. Save again to have yours.'
    );
    expect(save).toHaveBeenCalledTimes(3);
});

it('tells a criterion that an admin has deleted, and sets nothing in an archived plan', async () => {
    const save = jest.fn().mockRejectedValue({ code: 'NOT_FOUND', message: 'There is no such criterion.', items: [] });
    const { element, said } = await open({ save, readAgain: jest.fn().mockResolvedValue(planOf(CHECK)) }, planOf(WORDS, CHECK));
    const text = await edit(element, 'Goals');
    await type(text, 'Mine');
    await submit(text);
    expect(said).toEqual(['Goals is no criterion any more: an admin has deleted it.']);

    const { element: archived } = await open({ readOnly: true, save });
    expect(inside(itemOf(archived, 'Goals'), '[data-edit]')).toBeNull();
    expect(inside(itemOf(archived, 'Review'), '[data-check]').getAttribute('aria-disabled')).toBe('true');
});
