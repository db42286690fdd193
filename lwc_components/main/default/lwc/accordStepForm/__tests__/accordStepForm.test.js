import AccordStepForm from 'c/accordStepForm';
import { aStep, aWholePlan, inside, listen, mount, settle } from 'accordTestKit';

const { members } = aWholePlan([]);
const step = aStep('s1', { title: 'Send the offer', due_date: '2026-12-03', owner: { id: 'm1', name: 'Riley Okafor' } });
const show = (properties) => mount('c-accord-step-form', AccordStepForm, { members, ...properties });
const field = (element, name) => inside(element, `[data-field="${name}"]`);
const type = (element, name, value) => {
    field(element, name).value = value;
    field(element, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
};
const submit = (element) => inside(element, 'form').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
const press = (element, key, more = {}) =>
    inside(element, 'form').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

it('shows the step, with the focus in its title', async () => {
    const element = show({ step });

    expect(field(element, 'title').value).toBe('Send the offer');
    expect(field(element, 'due_date').value).toBe('2026-12-03');
    expect(field(element, 'owner_id').value).toBe('m1');
    expect(field(element, 'owner_id').options.map(({ label }) => label)).toEqual(['No owner', 'Riley Okafor', 'Ana Brandt']);
    expect(element.shadowRoot.activeElement).toBe(field(element, 'title'));
    await expect(element).toBeAccessible();
});

it('tells what was changed and nothing else', () => {
    const element = show({ step });
    const wished = listen(element, 'wish');
    expect(element.hasTyped).toBe(false);

    type(element, 'title', ' Send the offer ');
    type(element, 'due_date', '');
    type(element, 'owner_id', 'm2');
    submit(element);

    expect(wished).toHaveBeenCalledWith({ due_date: null, owner_id: 'm2' });
    expect(element.hasTyped).toBe(true);
});

it('closes when nothing was changed', () => {
    const element = show({ step });
    const [wished, cancelled] = [listen(element, 'wish'), listen(element, 'cancel')];

    submit(element);

    expect(wished).not.toHaveBeenCalled();
    expect(cancelled).toHaveBeenCalledTimes(1);
});

it('demands a title, and takes blanks for none', async () => {
    const element = show();
    const wished = listen(element, 'wish');

    type(element, 'title', '   ');
    await settle();
    submit(element);
    await settle();
    submit(element);

    expect(wished).not.toHaveBeenCalled();
    expect(field(element, 'title').shownMessage).toBe('Complete this field.');
});

it('tells a new step whole, and of a stage its title', async () => {
    const element = show();
    const wished = listen(element, 'wish');
    type(element, 'title', 'Sign');
    inside(element, '[data-internal]').click();
    press(element, 's', { ctrlKey: true });

    const stage = show({ isStage: true });
    const staged = listen(stage, 'wish');
    type(stage, 'title', 'Legal');
    submit(stage);

    expect(wished).toHaveBeenCalledWith({ title: 'Sign', description: '', due_date: null, owner_id: null, is_internal: true });
    expect(field(stage, 'due_date')).toBeNull();
    expect(staged).toHaveBeenCalledWith({ title: 'Legal', is_internal: false });
    await expect(stage).toBeAccessible();
});

it('keeps what is typed when somebody else was first, says what he changed, and takes over the rest', async () => {
    const element = show({ step });
    const wished = listen(element, 'wish');
    type(element, 'title', 'Send the last offer');

    const now = { ...step, title: 'Send an offer', due_date: '2026-12-10', version: 2 };
    Object.assign(element, { step: now, meanwhile: ['Due date: was Dec 3, 2026, is now Dec 10, 2026'], error: { message: 'Moved.' } });
    await settle();

    expect(field(element, 'title').value).toBe('Send the last offer');
    expect(field(element, 'due_date').value).toBe('2026-12-10');
    expect(inside(element, '[data-meanwhile]').textContent).toContain('is now Dec 10, 2026');
    expect(inside(element, '[data-error]')).toBeNull();
    await expect(element).toBeAccessible();
    submit(element);
    expect(wished).toHaveBeenCalledWith({ title: 'Send the last offer' });
});

it('shows what is wrong at its field, everything else below them', async () => {
    const element = show({ step });

    element.error = { message: 'No.', items: [{ field: 'title', message: 'Too long.' }] };
    await settle();
    expect(field(element, 'title').shownMessage).toBe('Too long.');
    expect(inside(element, '[data-error]')).toBeNull();

    element.error = { message: 'Writing is stopped. What you typed is kept.', items: [] };
    await settle();
    expect(inside(element, '[data-error]').textContent).toBe('Writing is stopped. What you typed is kept.');
    await expect(element).toBeAccessible();
});

it('closes on Escape only while nothing is typed', () => {
    const element = show({ step });
    const cancelled = listen(element, 'cancel');
    type(element, 'title', 'Other');
    press(element, 'Escape');
    expect(cancelled).not.toHaveBeenCalled();

    type(element, 'title', 'Send the offer');
    press(element, 'Escape');

    expect(cancelled).toHaveBeenCalledTimes(1);
});

it('takes no second press while it saves', async () => {
    const element = show({ isBusy: true });
    const wished = listen(element, 'wish');
    type(element, 'title', 'Sign');

    submit(element);

    expect(wished).not.toHaveBeenCalled();
    expect(inside(element, '[data-send]').textContent).toBe('Saving…');
    expect(inside(element, '[data-send]').disabled).toBe(true);
});

it('changes the description and the stage of a step', () => {
    const stages = [
        { id: 'a', title: 'Kick-off' },
        { id: 'b', title: 'Legal' }
    ];
    const element = show({ step, stages, stageId: 'a' });
    const wished = listen(element, 'wish');
    expect(field(element, 'stage_id').value).toBe('a');

    type(element, 'description', 'With the new prices.');
    type(element, 'stage_id', 'b');
    submit(element);

    expect(wished).toHaveBeenCalledWith({ description: 'With the new prices.', stage_id: 'b' });
    expect(field(show({ stages }), 'stage_id')).toBeNull();
});
