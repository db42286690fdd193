import AccordPlanStep from 'c/accordPlanStep';
import { aStep, inside, listen, mount, settle } from 'accordTestKit';

const late = { title: 'Send the offer', due_date: '2026-11-01', is_overdue: true, owner: { id: 'm1', name: 'Riley Okafor' } };
const waysOf = (change = async () => undefined) => ({
    change: jest.fn(change),
    remove: jest.fn(async () => undefined),
    comments: jest.fn(async () => ({ comments: [], next: null }))
});
const show = (facts, ways = waysOf(), properties = {}) =>
    mount('c-accord-plan-step', AccordPlanStep, { step: aStep('s1', { ...late, ...facts }), members: [], ways, ...properties });
const refused = (error) => ({ ...waysOf(), change: jest.fn().mockRejectedValue(error) });
const box = (element) => inside(element, '[data-done]');
const form = (element) => inside(element, 'c-accord-step-form');
async function open(element, button) {
    inside(element, button).click();
    await settle();
}

it('says what has to happen, who does it, and in words that it is late', async () => {
    const element = show({ is_internal: true });

    expect(element.shadowRoot.textContent).toMatch(/Send the offer.*Riley Okafor.*Overdue: was due Nov 1, 2026.*Internal/s);
    expect(box(element).checked).toBe(false);
    await expect(element).toBeAccessible();
});

it('is completed by one press, and open again by another', async () => {
    const ways = waysOf();
    const element = show({}, ways);
    element.focus();

    box(element).click();
    await settle();
    expect(ways.change).toHaveBeenLastCalledWith(element.step, { is_completed: true });
    expect(element.shadowRoot.activeElement).toBe(box(element));

    element.step = aStep('s1', { ...late, is_completed: true, completed_on: '2026-11-22' });
    await settle();
    expect(element.shadowRoot.textContent).toContain('Completed Nov 22, 2026');
    box(element).click();
    await settle();
    expect(ways.change).toHaveBeenLastCalledWith(element.step, { is_completed: false });
});

it('takes no second press while the first is saved', async () => {
    const ways = waysOf(() => new Promise(() => {}));
    const element = show({}, ways);

    box(element).click();
    await settle();
    box(element).click();
    await settle();

    expect(ways.change).toHaveBeenCalledTimes(1);
    expect(box(element).checked).toBe(true);
    expect(inside(element, '.step').getAttribute('aria-busy')).toBe('true');
});

it('shows what somebody else has changed, and is as it was', async () => {
    const element = show({}, refused({ message: 'Moved.', meanwhile: ['Due date: was Nov 1, 2026, is now Dec 1, 2026'] }));

    box(element).click();
    await settle();

    expect(box(element).checked).toBe(false);
    expect(inside(element, '[data-trouble]').textContent).toMatch(/Nothing was saved\..*is now Dec 1, 2026.*then choose again/s);
    await expect(element).toBeAccessible();
});

it('says why it could not be saved, until the next try', async () => {
    const ways = refused({ message: 'All writing to Salesforce is stopped.' });
    const element = show({}, ways);
    box(element).click();
    await settle();
    expect(inside(element, '[data-trouble]').textContent).toBe('All writing to Salesforce is stopped.');

    ways.change.mockResolvedValueOnce();
    box(element).click();
    await settle();

    expect(inside(element, '[data-trouble]')).toBeNull();
});

it('is changed in a form; the focus comes back to the button', async () => {
    const ways = waysOf();
    const element = show({}, ways);
    await open(element, '[data-edit]');
    expect(inside(element, '[data-edit]')).toBeNull();
    await expect(element).toBeAccessible();

    form(element).dispatchEvent(new CustomEvent('wish', { detail: { title: 'Sign' } }));
    await settle();

    expect(ways.change).toHaveBeenCalledWith(element.step, { title: 'Sign' });
    expect(form(element)).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-edit]'));
});

it('keeps the form with what was typed when it could not be saved', async () => {
    const error = { message: 'Moved.', meanwhile: ['Owner: was empty, is now Ana'] };
    const element = show({}, refused(error));
    await open(element, '[data-edit]');

    form(element).dispatchEvent(new CustomEvent('wish', { detail: { title: 'Sign' } }));
    await settle();

    expect(form(element)).toMatchObject({ error, meanwhile: error.meanwhile, isBusy: false });
    expect(inside(element, '[data-trouble]')).toBeNull();
    form(element).dispatchEvent(new CustomEvent('cancel'));
    await settle();
    expect(form(element)).toBeNull();
});

it('shows its comments on a press, and passes on what they say', async () => {
    const element = show({}, waysOf(), { isStageInternal: true });
    const said = listen(element, 'said');
    expect(element.hasTyped).toBe(false);
    await open(element, '[data-talk]');
    const comments = inside(element, 'c-accord-step-comments');

    comments.dispatchEvent(new CustomEvent('said', { detail: 'The comment is saved.' }));

    expect(inside(element, '[data-talk]').getAttribute('aria-expanded')).toBe('true');
    expect(comments.isInternal).toBe(true);
    expect(said).toHaveBeenCalledWith('The comment is saved.');
    await expect(element).toBeAccessible();
    await open(element, '[data-talk]');
    expect(inside(element, 'c-accord-step-comments')).toBeNull();
});

it('cannot be changed in a plan that is over, and can be read', async () => {
    const ways = waysOf();
    const element = show({}, ways, { readOnly: true });

    box(element).click();
    await settle();

    expect(ways.change).not.toHaveBeenCalled();
    expect(box(element).checked).toBe(false);
    expect(inside(element, '[data-edit]')).toBeNull();
    expect(inside(element, '[data-talk]')).not.toBeNull();
    await expect(element).toBeAccessible();
});

describe('deleting', () => {
    const ask = async (ways = waysOf()) => {
        const element = show({}, ways);
        expect(inside(element, '[data-delete]').getAttribute('aria-label')).toBe('Delete the step Send the offer');
        await open(element, '[data-delete]');
        return [element, inside(element, 'c-accord-confirm')];
    };
    const press = async (question, name) => {
        question.dispatchEvent(new CustomEvent(name));
        await settle();
    };

    it('is asked about by the name of the step, and done only when that is confirmed', async () => {
        const ways = waysOf();
        const [element, question] = await ask(ways);
        expect(question.question).toBe('Delete “Send the offer” with its comments? It does not come back.');
        expect(inside(element, '[data-edit]')).toBeNull();
        expect(ways.remove).not.toHaveBeenCalled();
        await expect(element).toBeAccessible();

        await press(question, 'confirm');

        expect(ways.remove).toHaveBeenCalledWith(element.step);
    });

    it('can be left, and the focus comes back to the button', async () => {
        const ways = waysOf();
        const [element, question] = await ask(ways);

        await press(question, 'cancel');

        expect(inside(element, 'c-accord-confirm')).toBeNull();
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-delete]'));
        expect(ways.remove).not.toHaveBeenCalled();
    });

    it.each([
        [{ message: 'This plan is archived.' }, 'This plan is archived.'],
        [{ message: 'Moved.', meanwhile: ['Owner: was empty, is now Ana'] }, /Nothing was saved\. Owner: was empty, is now Ana/]
    ])('says at the question why it was not done: %j', async (error, words) => {
        const [element, question] = await ask({ ...waysOf(), remove: jest.fn().mockRejectedValue(error) });

        await press(question, 'confirm');

        expect(inside(element, 'c-accord-confirm').error).toMatch(words);
        expect(inside(element, '[data-trouble]')).toBeNull();
    });
});

describe('moving it in its stage', () => {
    it('goes one place up or down, says so, and keeps the focus', async () => {
        const ways = waysOf();
        const element = show({}, ways, { place: 1, count: 3 });
        const said = listen(element, 'said');

        await open(element, '[data-by="-1"]');
        expect(ways.change).toHaveBeenLastCalledWith(element.step, { position: 0 });
        expect(said).toHaveBeenLastCalledWith('“Send the offer” is step 1 of 3 now.');
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-by="-1"]'));

        await open(element, '[data-by="1"]');
        expect(ways.change).toHaveBeenLastCalledWith(element.step, { position: 2 });
    });

    it('does not go past an end, and is not offered for the only step', async () => {
        const ways = waysOf();
        const element = show({}, ways, { place: 0, count: 2 });

        await open(element, '[data-by="-1"]');

        expect(inside(element, '[data-by="-1"]').getAttribute('aria-disabled')).toBe('true');
        expect(ways.change).not.toHaveBeenCalled();
        expect(inside(show({}), '[data-by]')).toBeNull();
    });

    it('says at the step why it was not moved', async () => {
        const element = show({}, refused({ code: 'PLAN_ARCHIVED', message: 'It is archived.' }), { place: 0, count: 2 });
        const said = listen(element, 'said');

        await open(element, '[data-by="1"]');

        expect(inside(element, '[data-trouble]').textContent).toContain('It is archived.');
        expect(said).not.toHaveBeenCalled();
    });
});
