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
