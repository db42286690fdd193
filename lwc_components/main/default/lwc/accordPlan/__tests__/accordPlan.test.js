import AccordPlan from 'c/accordPlan';
import { aPlan, aWholePlan, allInside, inside, listen, mount, settle } from 'accordTestKit';

const waiting = { open: () => new Promise(() => {}), playbooks: async () => ({ playbooks: [] }) };
const show = (properties) => mount('c-accord-plan', AccordPlan, { dealName: 'Brightwater', canCreate: true, ways: waiting, ...properties });
const fill = (element, values) =>
    allInside(element, '[data-field]').forEach((field) => {
        if (field.dataset.field in values) field.value = values[field.dataset.field];
    });
const submit = (element) => inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));

async function showForm() {
    const element = show();
    inside(element, '[data-new]').click();
    await settle();
    return element;
}

it('shows the plan, and tells what becomes of it', async () => {
    const whole = aWholePlan([]);
    const ways = { open: jest.fn(async () => whole), read: jest.fn(async () => whole) };
    const element = show({ plan: aPlan(), ways });
    const changed = listen(element, 'planchange');
    await settle();

    element.refresh();
    await settle();

    expect(inside(element, 'c-accord-plan-view').plan).toEqual(aPlan());
    expect(changed).toHaveBeenLastCalledWith({ plan: whole });
    expect(ways.read).toHaveBeenCalledWith('p1');
    expect(element.isOpen).toBe(false);
});

it('says plainly that a deal has no plan, and offers one (A3)', async () => {
    const element = show();

    expect(inside(element, '[data-none]').textContent).toContain('This deal has no plan yet');
    expect(inside(element, '[data-new]')).not.toBeNull();
    await expect(element).toBeAccessible();
});

it('offers none to somebody who may not create one', () => {
    expect(inside(show({ canCreate: false }), '[data-new]')).toBeNull();
});

it('fills in a title and puts the focus there', async () => {
    const element = await showForm();

    expect(inside(element, '[data-field="title"]').value).toBe('Brightwater plan');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-field="title"]'));
    await expect(element).toBeAccessible();
});

it('asks for a plan with what was entered', async () => {
    const element = await showForm();
    const created = listen(element, 'create');
    fill(element, { stage_title: ' Kick-off ', steps_total: '10', steps_done: '2' });

    submit(element);

    expect(created).toHaveBeenCalledWith({ title: 'Brightwater plan', stage_title: 'Kick-off', steps_total: 10, steps_done: 2 });
});

it('begins with a playbook, which asks for no stage and no steps (B1)', async () => {
    const element = await showForm();
    const created = listen(element, 'create');
    const begin = (id) => inside(element, 'c-accord-plan-begin').dispatchEvent(new CustomEvent('choose', { detail: { id } }));
    begin('b1');
    await settle();
    expect(allInside(element, '[data-field]').map(({ dataset }) => dataset.field)).toEqual(['title']);

    submit(element);
    expect(created).toHaveBeenCalledWith({ title: 'Brightwater plan', playbook: 'b1' });

    begin(null);
    await settle();
    expect(allInside(element, '[data-field]')).toHaveLength(4);
});

it('does not ask while an entry is missing', async () => {
    const element = await showForm();
    const created = listen(element, 'create');

    submit(element);

    expect(created).not.toHaveBeenCalled();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-field="stage_title"]'));
});

it('does not ask for more steps done than there are', async () => {
    const element = await showForm();
    const created = listen(element, 'create');
    fill(element, { stage_title: 'Kick-off', steps_total: '2', steps_done: '3' });

    submit(element);

    expect(created).not.toHaveBeenCalled();
    expect(inside(element, '[data-field="steps_done"]').shownMessage).toContain('more steps done');
});

it('takes blanks for no entry', async () => {
    const element = await showForm();
    const created = listen(element, 'create');
    fill(element, { stage_title: '   ', steps_total: '2' });

    submit(element);

    expect(created).not.toHaveBeenCalled();
    expect(inside(element, '[data-field="stage_title"]').shownMessage).toBe('Complete this field.');
});

it('shows each message of the server at its field and goes to the first', async () => {
    const element = await showForm();
    const items = [
        { key: 'stage_title', field: 'stage_title', message: 'Give the plan a stage title.' },
        { key: 'steps_total', field: 'steps_total', message: 'At most 1000.' },
        { key: null, field: 'opportunity_id', message: 'This is no deal.' }
    ];

    element.error = { code: 'INVALID_VALUE', message: 'See the items.', items };
    await settle();

    expect(inside(element, '[data-field="stage_title"]').shownMessage).toBe('Give the plan a stage title.');
    expect(inside(element, '[data-field="steps_total"]').shownMessage).toBe('At most 1000.');
    expect(inside(element, '[data-error]').textContent).toBe('This is no deal.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-field="stage_title"]'));
    await expect(element).toBeAccessible();
});

it('sends what was corrected after a refusal', async () => {
    const element = await showForm();
    const created = listen(element, 'create');
    element.error = { message: 'No.', items: [{ field: 'stage_title', message: 'Too long.' }] };
    await settle();

    fill(element, { stage_title: 'Kick-off', steps_total: '2', steps_done: '0' });
    submit(element);

    expect(created).toHaveBeenCalledTimes(1);
});

it('shows a message that is about no field below them', async () => {
    const element = await showForm();

    element.error = { message: 'It is not known.', items: [] };
    await settle();

    expect(inside(element, '[data-error]').textContent).toBe('It is not known.');
});

it('asks for one step at least', async () => {
    expect(inside(await showForm(), '[data-field="steps_total"]').min).toBe('1');
});

it('does not say plan twice', async () => {
    const element = show({ dealName: 'Brightwater Plan' });
    inside(element, '[data-new]').click();
    await settle();

    expect(inside(element, '[data-field="title"]').value).toBe('Brightwater Plan');
});

it('has a remark on how it came about', async () => {
    const element = show({ plan: aPlan(), note: 'A colleague has just created one.' });

    expect(inside(element, '[data-note]').textContent).toBe('A colleague has just created one.');
    await expect(element).toBeAccessible();
});

it('goes back to the offer on Cancel', async () => {
    const element = await showForm();

    inside(element, 'form button[type="button"]').click();
    await settle();

    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-new]'));
});

it('says why there is nothing to show', async () => {
    const element = show({ problem: 'The plan cannot be reached right now.' });

    expect(inside(element, '[data-problem]').textContent).toContain('cannot be reached');
    await expect(element).toBeAccessible();
});
