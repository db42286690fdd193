import AccordPlanPeople from 'c/accordPlanPeople';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';

const at = '2026-11-19T14:05:00Z';
const someone = (id, facts) => ({
    id,
    name: '',
    email: `${id}@x.example`,
    role: 'customer',
    invited_at: null,
    accepted_at: null,
    ...facts
});
const MEMBERS = [
    someone('riley', { name: 'Riley Okafor', role: 'user', invited_at: at, accepted_at: at }),
    someone('ana', { name: 'Ana Brandt', invited_at: at }),
    someone('pat', { role: 'partner' })
];
const DONE = async () => undefined;
const refused = (...items) => jest.fn().mockRejectedValue({ code: 'INVALID_VALUE', message: 'Nobody was invited.', items });

async function open(invite = jest.fn(DONE), facts = {}) {
    const element = mount('c-accord-plan-people', AccordPlanPeople, { members: MEMBERS, invite, ...facts });
    inside(element, '[data-people]').click();
    await settle();
    return element;
}
async function form(invite, entered = {}) {
    const element = await open(invite);
    inside(element, '[data-invite]').click();
    await settle();
    enter(element, { name: ' Dana ', email: 'dana@brightwater.example', ...entered });
    return element;
}
const field = (element, name) => inside(element, `[data-field="${name}"]`);
function enter(element, entered) {
    for (const [name, value] of Object.entries(entered)) {
        field(element, name).value = value;
        field(element, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    }
}
const submit = async (element) => {
    inside(element, '[data-form]').dispatchEvent(new CustomEvent('submit', { cancelable: true }));
    await settle();
};

it('says who takes part and how far he is', async () => {
    const closed = mount('c-accord-plan-people', AccordPlanPeople, { members: MEMBERS });
    expect(inside(closed, '[data-people]').textContent).toBe('People (3)');
    expect(inside(closed, '[data-person]')).toBeNull();
    await expect(closed).toBeAccessible();

    const element = await open();
    expect(inside(element, '[data-people]').getAttribute('aria-expanded')).toBe('true');
    expect(allInside(element, '[data-person]').map(({ name, facts }) => [name, ...facts])).toEqual([
        ['Riley Okafor', 'Our team', 'Accepted on Nov 19, 2026'],
        ['Ana Brandt', 'Customer', 'Invited on Nov 19, 2026, has not come yet'],
        ['pat@x.example', 'Partner', 'Not Yet Invited']
    ]);
    await expect(element).toBeAccessible();
});

it('invites nobody into a plan that is over', async () => {
    expect(inside(await open(DONE, { readOnly: true }), '[data-invite]')).toBeNull();
});

it('invites somebody, says it, and gives the focus back', async () => {
    const invite = jest.fn(DONE);
    const element = await form(invite, { role: 'partner' });
    const said = listen(element, 'said');
    expect(element.shadowRoot.activeElement).toBe(field(element, 'name'));
    expect(element.hasTyped).toBe(true);
    await expect(element).toBeAccessible();

    await submit(element);

    expect(invite).toHaveBeenCalledWith({ name: 'Dana', email: 'dana@brightwater.example', role: 'partner' }, expect.any(String));
    expect(said).toHaveBeenCalledWith('Dana is invited.');
    expect(inside(element, '[data-form]')).toBeNull();
    expect(element.hasTyped).toBe(false);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-invite]'));
});

it('asks for an address before anything is sent, and sends once', async () => {
    const invite = jest.fn(() => new Promise(() => {}));
    const element = await form(invite, { email: '' });
    await submit(element);
    expect(invite).not.toHaveBeenCalled();
    expect(element.shadowRoot.activeElement).toBe(field(element, 'email'));

    enter(element, { email: 'dana@brightwater.example' });
    await submit(element);
    await submit(element);
    expect(invite).toHaveBeenCalledTimes(1);
    expect(inside(element, '[data-send]').textContent).toBe('Inviting…');
    await expect(element).toBeAccessible();
});

it('shows what is wrong at its field, until that is changed', async () => {
    const element = await form(refused({ field: 'email', message: 'This is no mail address.' }));
    await submit(element);

    expect(field(element, 'email').shownMessage).toBe('This is no mail address.');
    expect(element.shadowRoot.activeElement).toBe(field(element, 'email'));
    expect(inside(element, '[data-error]')).toBeNull();
    await expect(element).toBeAccessible();
    enter(element, { email: 'dana@brightwater.example' });
    expect(field(element, 'email').reportValidity()).toBe(true);
});

it('says what is about no field, such as that somebody takes part already', async () => {
    const element = await form(refused());
    await submit(element);

    expect(inside(element, '[data-error]').textContent).toBe('Nobody was invited.');
    expect(field(element, 'name').value).toBe(' Dana ');
});

it('has one key while nobody knows whether it was done, and another for another wish', async () => {
    const invite = jest.fn().mockRejectedValue({ code: 'SAVE_IN_DOUBT', message: 'It is not known.', items: [] });
    const element = await form(invite);
    await submit(element);
    await submit(element);
    enter(element, { name: 'Dana Lee' });
    await submit(element);

    const [first, second, third] = invite.mock.calls.map(([, key]) => key);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
});

it('is left by Escape as long as nothing was typed, and by Cancel', async () => {
    const element = await form(DONE);
    const press = async () => {
        field(element, 'name').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
        await settle();
        return inside(element, '[data-form]') === null;
    };
    expect(await press()).toBe(false);
    enter(element, { name: '', email: '' });
    expect(await press()).toBe(true);

    inside(element, '[data-invite]').click();
    await settle();
    inside(element, '[data-cancel]').click();
    await settle();
    expect(inside(element, '[data-form]')).toBeNull();
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-invite]'));
});

describe('our own people', () => {
    const own = [{ member_id: 'w7', name: 'Noor Haddad', role: 'admin' }];
    const enterRole = (element) => field(element, 'role').dispatchEvent(new CustomEvent('change', { detail: { value: 'colleague' } }));
    async function choose(invite, colleagues) {
        const element = await open(invite, { colleagues });
        inside(element, '[data-invite]').click();
        await settle();
        enterRole(element);
        await settle();
        return element;
    }

    it('are chosen from those who do not take part yet, with the role that they have', async () => {
        const invite = jest.fn(DONE);
        const element = await choose(invite, async () => own);
        expect(field(element, 'email')).toBeNull();
        expect(field(element, 'member_id').options).toEqual([{ value: 'w7', label: 'Noor Haddad' }]);
        const who = field(element, 'member_id');
        who.value = 'w7';
        who.dispatchEvent(new CustomEvent('change', { detail: { value: 'w7' } }));

        await submit(element);

        expect(invite).toHaveBeenCalledWith({ name: 'Noor Haddad', member_id: 'w7', role: 'admin' }, expect.any(String));
    });

    it('of whom nobody is left are not asked for', async () => {
        const element = await choose(jest.fn(DONE), async () => []);

        expect(inside(element, '[data-none]').textContent).toContain('takes part');
    });
});

describe('somebody who is to go', () => {
    const ana = (element) => inside(element, '[data-person="ana"]');

    it('goes after a question, and the list has the focus', async () => {
        const remove = jest.fn(DONE);
        const element = await open(undefined, { remove });
        const said = listen(element, 'said');

        expect(ana(element).question).toBe('Remove Ana Brandt from the plan? Steps of theirs have no owner then.');
        await ana(element).remove();

        expect(remove).toHaveBeenCalledWith(MEMBERS[1]);
        expect(said).toHaveBeenCalledWith('“Ana Brandt” is removed.');
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-people]'));
    });

    it('stays when it is refused, which is said at the line', async () => {
        const refusal = { code: 'X', message: 'No.' };
        const element = await open(undefined, { remove: jest.fn().mockRejectedValue(refusal) });
        const said = listen(element, 'said');

        await expect(ana(element).remove()).rejects.toEqual(refusal);

        expect(said).not.toHaveBeenCalled();
    });

    it('is nobody of a plan that can only be read', async () => {
        const element = await open(undefined, { remove: jest.fn(DONE), readOnly: true });

        expect(ana(element).remove).toBeNull();
    });
});
