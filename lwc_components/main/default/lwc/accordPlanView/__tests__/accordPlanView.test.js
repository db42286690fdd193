import AccordPlanView from 'c/accordPlanView';
import { aPlan, aStage, aStep, aWholePlan, allInside, inside, listen, mount, settle } from 'accordTestKit';

const late = aStep('s1', { title: 'Send the offer', due_date: '2026-11-01', is_overdue: true });
const stages = [aStage('a', [aStep('s0', { is_completed: true })], { is_completed: true }), aStage('b', [late], { is_current: true })];
const whole = aWholePlan(stages);
const withStep = (facts, plan = {}) => aWholePlan([stages[0], { ...stages[1], steps: [{ ...late, version: 2, ...facts }] }], plan);
const waysOf = (answers = {}) => ({
    open: jest.fn(async () => whole),
    read: jest.fn(async () => whole),
    changeStep: jest.fn(async () => withStep({ is_completed: true }, { steps_done: 5, progress: 50 })),
    addStep: jest.fn(async () => whole),
    addStage: jest.fn(async () => whole),
    ...answers
});
const refused = (code) => jest.fn().mockRejectedValue({ code, message: 'No.', items: [] });
async function show(ways = waysOf()) {
    const element = mount('c-accord-plan-view', AccordPlanView, { plan: aPlan({ score: 46 }), ways });
    await settle();
    return element;
}
const text = (element, selector) => inside(element, selector)?.textContent;
const step = (element, id = 's1') => inside(element, `c-accord-plan-step[data-step="${id}"]`);
const stage = (element, id) => inside(element, `[data-stage="${id}"]`);
const form = (element) => inside(element, 'c-accord-step-form');
const wish = async (element, detail) => {
    form(element).dispatchEvent(new CustomEvent('wish', { detail }));
    await settle();
};
/** What a step does on a press; the error that it is left with, or null. */
const complete = async (element, change = { is_completed: true }) => {
    const error = await step(element)
        .ways.change(late, change)
        .then(() => null)
        .catch((thrown) => thrown);
    await settle();
    return error;
};

it('shows the plan at a glance at once, and says that the steps are on their way', async () => {
    const element = await show(waysOf({ open: () => new Promise(() => {}) }));

    expect(text(element, '[data-title]')).toBe('Brightwater plan');
    expect(text(element, '[data-stage-title]')).toBe('Kick-off');
    expect(text(element, '[data-status]')).toBe('On Track');
    expect(text(element, '[data-steps]')).toBe('4 of 10 steps done');
    expect(inside(element, '[role="progressbar"]').getAttribute('aria-valuenow')).toBe('40');
    expect(text(element, '[data-loading]')).toContain('Loading the steps…');
    await expect(element).toBeAccessible();
});

it('shows the stages with the current one open, and tells what it has read', async () => {
    const element = mount('c-accord-plan-view', AccordPlanView, { plan: aPlan(), ways: waysOf() });
    const changed = listen(element, 'planchange');
    await settle();

    expect([stage(element, 'a'), stage(element, 'b')].map((line) => line.getAttribute('aria-expanded'))).toEqual(['false', 'true']);
    expect(stage(element, 'b').textContent).toMatch(/Stage b.*0 of 1 done.*Current.*1 overdue/);
    expect(step(element).step).toEqual(late);
    expect(step(element, 's0')).toBeNull();
    expect(changed).toHaveBeenCalledWith({ plan: whole });
    await expect(element).toBeAccessible();
});

it('opens and closes a stage by its button', async () => {
    const element = await show();

    stage(element, 'a').click();
    stage(element, 'b').click();
    await settle();

    expect(step(element, 's0')).not.toBeNull();
    expect(step(element)).toBeNull();
});

it('can be tried again when the steps cannot be read', async () => {
    const ways = waysOf();
    ways.open.mockRejectedValueOnce({ code: 'SAVE_IN_DOUBT', message: 'It is not known.' });
    const element = await show(ways);
    expect(text(element, '[data-failed]')).toContain('The fields above still work.');
    await expect(element).toBeAccessible();

    inside(element, '[data-retry]').click();
    await settle();

    expect(step(element)).not.toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-title]'));
});

it('keeps what is shown when it cannot be read again', async () => {
    const element = await show(waysOf({ read: refused('UNREACHABLE') }));

    await element.refresh();
    await settle();

    expect(step(element)).not.toBeNull();
    expect(inside(element, '[data-failed]')).toBeNull();
});

it('shows the answer to a completed step, and says it', async () => {
    const ways = waysOf();
    const element = await show(ways);

    expect(await complete(element)).toBeNull();

    expect(ways.changeStep).toHaveBeenCalledWith('p1', late, { is_completed: true });
    expect(step(element).step.is_completed).toBe(true);
    expect(text(element, '[data-said]')).toBe('“Send the offer” is completed. 5 of 10 steps done');
    expect(inside(element, '[role="progressbar"]').getAttribute('aria-valuenow')).toBe('50');
});

it('shows what somebody else has changed, with the plan as it is now', async () => {
    const now = withStep({ due_date: '2026-12-10' });
    const element = await show(waysOf({ changeStep: refused('CHANGED_MEANWHILE'), read: async () => now }));

    const { meanwhile } = await complete(element);

    expect(meanwhile).toEqual(['Due date: was Nov 1, 2026, is now Dec 10, 2026']);
    expect(step(element).step.version).toBe(2);
    expect(text(element, '[data-said]')).toBe('');
});

it('says that a step is gone', async () => {
    const without = aWholePlan([stages[0], { ...stages[1], steps: [] }]);
    const element = await show(waysOf({ changeStep: refused('NOT_FOUND'), read: async () => without }));

    expect(await complete(element)).toBeNull();

    expect(text(element, '[data-notice]')).toBe('The step “Send the offer” was deleted meanwhile.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-title]'));
    await expect(element).toBeAccessible();
});

it.each([
    ['was saved all the same', true, null, '“Send the offer” is completed. 4 of 10 steps done'],
    ['was not saved', false, 'SAVE_IN_DOUBT', '']
])('looks when nobody knows whether it is saved, and it %s (D9)', async (_, isDone, code, said) => {
    const read = async () => withStep({ is_completed: isDone });
    const element = await show(waysOf({ changeStep: refused('SAVE_IN_DOUBT'), read }));

    const error = await complete(element);

    expect(error?.code ?? null).toBe(code);
    expect(text(element, '[data-said]')).toBe(said);
});

it('leaves any other refusal to the step, without asking again', async () => {
    const ways = waysOf({ changeStep: refused('INVALID_VALUE') });
    const element = await show(ways);

    expect((await complete(element)).code).toBe('INVALID_VALUE');
    expect(ways.read).not.toHaveBeenCalled();
});

it('adds a step to a stage, with one key for all tries', async () => {
    const ways = waysOf();
    ways.addStep.mockRejectedValueOnce({ code: 'SAVE_IN_DOUBT', message: 'It is not known.', items: [] });
    const element = await show(ways);
    inside(element, '[data-add="b"]').click();
    await settle();
    expect(inside(element, '[data-add="b"]')).toBeNull();
    await expect(element).toBeAccessible();

    await wish(element, { title: 'Sign' });
    expect(form(element).error.message).toBe('It is not known.');
    await wish(element, { title: 'Sign' });

    const [first, second] = ways.addStep.mock.calls;
    expect(first).toEqual(['p1', { title: 'Sign', stage_id: 'b' }, expect.any(String)]);
    expect(second).toEqual(first);
    expect(form(element)).toBeNull();
    expect(text(element, '[data-said]')).toBe('“Sign” is added.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-add="b"]'));
});

it('says what to do in a plan without stages, and adds the first', async () => {
    const empty = aWholePlan([], { steps_total: 0, steps_done: 0 });
    const ways = waysOf({ open: async () => empty, addStage: jest.fn(async () => aWholePlan([aStage('n', [])], { steps_total: 0 })) });
    const element = await show(ways);
    expect(text(element, '[data-empty]')).toContain('Add a stage first');
    await expect(element).toBeAccessible();

    inside(element, '[data-add="stage"]').click();
    await settle();
    await wish(element, { title: 'Kick-off', is_internal: false });

    expect(ways.addStage).toHaveBeenCalledWith('p1', { title: 'Kick-off', is_internal: false }, expect.any(String));
    expect(text(element, '[data-said]')).toBe('The stage “Kick-off” is added.');
    expect(text(element, '[data-empty]')).toContain('Add the first one');
    expect(stage(element, 'n').getAttribute('aria-expanded')).toBe('true');
});

it.each([
    ['archived', { is_archived: true, is_published: false }, 'This plan is archived. It can be read, not changed.', false],
    ['a draft', { is_published: false }, undefined, true]
])('says that a plan is %s', async (_, facts, words, canAdd) => {
    const element = await show(waysOf({ open: async () => aWholePlan(stages, facts) }));

    expect(text(element, '[data-remark]')).toBe(words);
    expect(Boolean(inside(element, '[data-add="b"]'))).toBe(canAdd);
    expect(Boolean(inside(element, 'c-accord-plan-draft'))).toBe(canAdd);
    expect(inside(element, 'c-accord-plan-people').readOnly).toBe(!canAdd);
    expect(step(element).readOnly).toBe(!canAdd);
    await expect(element).toBeAccessible();
});

it('knows whether leaving would lose something', async () => {
    const element = await show();
    expect(element.hasTyped).toBe(false);
    inside(element, '[data-add="b"]').click();
    await settle();
    const title = inside(form(element), '[data-field="title"]');

    title.dispatchEvent(new CustomEvent('change', { detail: { value: 'Sign' } }));

    expect(element.hasTyped).toBe(true);
});

it('is another plan after another was given, and an answer about the last one is passed over', async () => {
    const ways = waysOf();
    let answer;
    ways.open.mockReturnValueOnce(
        new Promise((resolve) => {
            answer = resolve;
        })
    );
    const element = await show(ways);
    element.plan = aPlan({ id: 'p2', title: 'Other plan' });
    await settle();

    answer(aWholePlan([], { title: 'The last plan' }));
    await settle();

    expect(ways.open).toHaveBeenLastCalledWith('p2');
    expect(allInside(element, '[data-stage]')).toHaveLength(2);
});
