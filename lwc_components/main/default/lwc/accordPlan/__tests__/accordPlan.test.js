import AccordPlan from 'c/accordPlan';
import { aPlan, allInside, inside, listen, mount, settle } from 'accordTestKit';

const show = (properties) => mount('c-accord-plan', AccordPlan, { dealName: 'Brightwater', canCreate: true, ...properties });
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

it('shows title, stage, status and the steps done with a progress bar', async () => {
    const element = show({ plan: aPlan() });

    expect(inside(element, '.title').textContent).toBe('Brightwater plan');
    expect(inside(element, '[data-stage]').textContent).toBe('Kick-off');
    expect(inside(element, '[data-status]').textContent).toBe('On Track');
    expect(inside(element, '[data-steps]').textContent).toBe('4 of 10 steps done');
    expect(
        inside(element, '[role="progressbar"]').ariaValueNow ?? inside(element, '[role="progressbar"]').getAttribute('aria-valuenow')
    ).toBe('40');
    await expect(element).toBeAccessible();
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
