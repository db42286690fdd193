import AccordPlanView from 'c/accordPlanView';
import { aPlan, aStage, aStep, aWholePlan, inside, mount, settle } from 'accordTestKit';

const late = aStep('s1', { title: 'Send the offer', due_date: '2026-11-01' });
const planOf = (steps = [late], facts = {}) => aWholePlan([aStage('b', steps, { is_current: true })], facts);
const draft = planOf([late], { is_published: false });
const refused = (code) => jest.fn().mockRejectedValue({ code, message: 'No.', items: [] });
async function show(answers = {}) {
    const ways = { open: jest.fn(async () => planOf()), read: jest.fn(async () => planOf()), ...answers };
    const element = mount('c-accord-plan-view', AccordPlanView, { plan: aPlan({ score: 46 }), ways });
    await settle();
    return element;
}
const text = (element, selector) => inside(element, selector)?.textContent;
/** What a child is left with: null, or the error that it has to say. */
const outcome = async (asked) => {
    const error = await asked.then(
        () => null,
        (thrown) => thrown
    );
    await settle();
    return error;
};
const remove = (element) => outcome(inside(element, 'c-accord-plan-step').ways.remove(late));
const publish = (element) => outcome(inside(element, 'c-accord-plan-draft').publish());

describe('a deleted step', () => {
    it('is gone, which is said, and the focus is at its stage', async () => {
        const deleteStep = jest.fn(async () => planOf([]));
        const element = await show({ deleteStep });

        expect(await remove(element)).toBeNull();

        expect(deleteStep).toHaveBeenCalledWith('p1', late);
        expect(inside(element, 'c-accord-plan-step')).toBeNull();
        expect(text(element, '[data-said]')).toBe('“Send the offer” is deleted.');
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-stage="b"]'));
    });

    it.each(['NOT_FOUND', 'SAVE_IN_DOUBT'])('that is gone by now is as good: %s', async (code) => {
        const element = await show({ deleteStep: refused(code), read: async () => planOf([]) });

        expect(await remove(element)).toBeNull();
        expect(text(element, '[data-said]')).toBe('“Send the offer” is deleted.');
    });

    it('stays when somebody has changed it meanwhile, and says what', async () => {
        const read = async () => planOf([{ ...late, version: 2, due_date: '2026-12-10' }]);
        const element = await show({ deleteStep: refused('CHANGED_MEANWHILE'), read });

        expect((await remove(element)).meanwhile).toEqual(['Due date: was Nov 1, 2026, is now Dec 10, 2026']);
        expect(inside(element, 'c-accord-plan-step').step.version).toBe(2);
    });

    it('stays when it is refused, without asking again', async () => {
        const read = jest.fn();
        const element = await show({ deleteStep: refused('PLAN_ARCHIVED'), read });

        expect((await remove(element)).message).toBe('No.');
        expect(read).not.toHaveBeenCalled();
    });
});

describe('publishing', () => {
    it('shows the published plan, says so and moves the focus to its title', async () => {
        const done = jest.fn(async () => planOf());
        const element = await show({ open: async () => draft, publish: done });

        expect(await publish(element)).toBeNull();

        expect(done).toHaveBeenCalledWith('p1', draft);
        expect(inside(element, 'c-accord-plan-draft')).toBeNull();
        expect(text(element, '[data-said]')).toContain('The plan is published.');
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-title]'));
    });

    it.each([
        ['CHANGED_MEANWHILE', draft, 'Somebody changed this plan meanwhile. Look at it, then publish again.'],
        ['NOT_ALLOWED', draft, 'No.'],
        ['SAVE_IN_DOUBT', draft, 'No.'],
        ['SAVE_IN_DOUBT', planOf(), undefined],
        ['CHANGED_MEANWHILE', planOf(), undefined]
    ])('that is refused with %s is judged by the plan as it is now', async (code, now, words) => {
        const element = await show({ open: async () => draft, publish: refused(code), read: async () => now });

        expect((await publish(element))?.message).toBe(words);
    });
});

it('invites somebody, and shows and says it', async () => {
    const ana = { id: 'm9', name: 'Ana', email: 'ana@brightwater.example', role: 'customer', invited_at: null, accepted_at: null };
    const invite = jest.fn(async () => planOf([late], { members: [ana] }));
    const element = await show({ invite });
    const people = inside(element, 'c-accord-plan-people');

    await people.invite({ role: 'customer', name: 'Ana', email: 'ana@brightwater.example' }, 'k1');
    people.dispatchEvent(new CustomEvent('said', { detail: 'Ana is invited.' }));
    await settle();

    expect(invite).toHaveBeenCalledWith('p1', { role: 'customer', name: 'Ana', email: 'ana@brightwater.example' }, 'k1');
    expect(people.members).toEqual([ana]);
    expect(text(element, '[data-said]')).toBe('Ana is invited.');
});

it('takes a person out of the plan as it was seen', async () => {
    const removeMember = jest.fn(async () => planOf());
    const element = await show({ removeMember });
    const member = { id: 'm2' };

    expect(await outcome(inside(element, 'c-accord-plan-people').remove(member))).toBeNull();

    expect(removeMember).toHaveBeenCalledWith('p1', member, expect.objectContaining({ version: 7 }));
});
