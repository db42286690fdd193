import AccordMessages from 'c/accordMessages';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { aMessage } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const inbox = (found, query = '?limit=20') => answer(`GET /api/v1/messages${query}`, { messages: found });
const SETTINGS = '/api/v1/settings/messages';
const [ADA, BO] = ['005000000000001AAA', '005000000000002AAA'];
const USUAL = { parked_more_than: 20, by_email: true, by_bell: true, tell_concerned: true, people: null, group_id: null };
const choices = [
    { user_id: ADA, name: 'Ada Lindqvist', is_admin: true },
    { user_id: BO, name: 'Bo Castellan', is_admin: false }
];
const shown = (facts = {}) => ({ ...USUAL, has_mail: true, choices, ...facts });
const told = (email, bell) => [
    { way: 'email', ...email },
    { way: 'bell', ...bell }
];
const done = (count) => ({ state: 'done', count, text: '' });
const waiting = (text = '') => ({ state: 'waiting', count: 2, text });

beforeEach(() => {
    forget();
    inbox([aMessage('b'), aMessage('a', { state: 'well', seen: true, until: '2026-11-22T19:00:00Z', count: 3 })]);
    answer(`GET ${SETTINGS}`, shown(), '"1"');
});

const show = async () => {
    const element = mount('c-accord-messages', AccordMessages);
    await settle();
    return element;
};
const cardOf = (element, id) => inside(element, `[data-message="${id}"]`);

it('shows what is wrong and what is well again, and what nobody has read', async () => {
    const element = await show();

    expect(inside(element, '[data-count]').textContent).toBe('2 messages, the newest first.');
    expect(cardOf(element, 'b').textContent).toContain('Needs attention. Since Nov 22, 2026, 10:04 AM.');
    expect(cardOf(element, 'b').querySelector('[data-new]').textContent).toBe('Unread');
    expect(cardOf(element, 'a').textContent).toContain('Well again. From Nov 22, 2026, 10:04 AM to Nov 22, 2026, 11:00 AM.');
    expect(cardOf(element, 'a').textContent).toContain('It happened 3 times.');
    await expect(element).toBeAccessible();
});

it('marks one as read, and says so', async () => {
    const element = await show();
    const [seen, said] = [listen(element, 'seen'), listen(element, 'announce')];
    answer('POST /api/v1/messages/b/seen', null);
    cardOf(element, 'b').querySelector('[data-see]').click();
    await settle();

    expect(cardOf(element, 'b').querySelector('[data-new]')).toBeNull();
    expect([seen.mock.calls.length, said.mock.calls[0][0]]).toEqual([1, { text: 'Marked as read.' }]);
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-count]'));
});

it('says when that did not work, and leaves the message unread', async () => {
    const element = await show();
    answer('POST /api/v1/messages/b/seen', refusing(anError('UNREACHABLE', 'Away.')));
    cardOf(element, 'b').querySelector('[data-see]').click();
    await settle();

    expect(inside(element, '[data-problem]').textContent).toBe('Away.');
    expect(cardOf(element, 'b').querySelector('[data-see]').disabled).toBe(false);
    await expect(element).toBeAccessible();
});

it('shows unread ones alone, and that there are none', async () => {
    inbox([], '?unseen=true&limit=20');
    const element = await show();
    const box = inside(element, '[data-unseen]');
    box.checked = true;
    box.dispatchEvent(new CustomEvent('change'));
    await settle();

    expect(inside(element, '[data-count]').textContent).toBe('There are no unread messages.');
    await expect(element).toBeAccessible();
});

it('goes on to older ones', async () => {
    const page = Array.from({ length: 20 }, (_, number) => aMessage(`m${number}`));
    inbox(page);
    inbox([aMessage('old')], '?before=m19&limit=20');
    const element = await show();
    inside(element, '[data-older]').click();
    await settle();

    expect(allInside(element, '[data-message]')).toHaveLength(21);
    expect(inside(element, '[data-older]')).toBeNull();
});

it('says that it loads, and why it could not', async () => {
    inbox(null);
    answer('GET /api/v1/messages?limit=20', refusing(anError('UNREACHABLE', 'Away.')));
    const element = mount('c-accord-messages', AccordMessages);
    expect(inside(element, 'c-accord-page-state').failure).toBeNull();
    await settle();

    expect(inside(element, 'c-accord-page-state').failure.message).toBe('Away.');
    await expect(element).toBeAccessible();
});

it('says what has become of mail and bell', async () => {
    const off = { state: 'unreachable', count: 0, text: 'The org cannot be reached.' };
    const failed = { state: 'failed', count: 1, text: 'No address.' };
    inbox([aMessage('b', { told: told(done(2), off) }), aMessage('a', { told: told(failed, waiting('Stopped.')) })]);
    const element = await show();
    const lines = (id) => [...cardOf(element, id).querySelectorAll('[data-way]')].map((line) => line.textContent);

    expect(lines('b')).toEqual(['E-mail: sent, to 2.', "Salesforce's bell: not sent. The org cannot be reached."]);
    expect(lines('a')).toEqual(['E-mail: did not arrive, for 1. No address.', "Salesforce's bell: on its way, to 2. Stopped."]);
    await expect(element).toBeAccessible();
});

describe('a test message', () => {
    afterEach(() => jest.useRealTimers());
    const send = async () => {
        const element = await show();
        const said = listen(element, 'announce');
        jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
        inside(element, '[data-test]').click();
        await jest.advanceTimersByTimeAsync(0);
        return { element, said };
    };

    it('is followed until nothing of it is on its way, and its true outcome is said', async () => {
        answer('POST /api/v1/messages/test', aMessage('t', { state: 'test', seen: true, told: told(waiting(), waiting()) }));
        const { element, said } = await send();
        expect(inside(element, '[data-test]').disabled).toBe(true);
        answer('GET /api/v1/messages/t', aMessage('t', { state: 'test', seen: true, told: told(done(2), done(2)) }));
        await jest.advanceTimersByTimeAsync(2000);

        expect(said.mock.calls.at(-1)[0].text).toBe("The test message: E-mail: sent, to 2. Salesforce's bell: sent, to 2.");
        expect(cardOf(element, 't').textContent).toContain('Test.');
        expect(inside(element, '[data-test]').disabled).toBe(false);
    });

    it('says when it could not be sent', async () => {
        answer('POST /api/v1/messages/test', refusing(anError('TOO_MANY_REQUESTS', 'Wait a minute.')));
        const { element } = await send();

        expect(inside(element, '[data-problem]').textContent).toBe('Wait a minute.');
        expect(inside(element, '[data-test]').disabled).toBe(false);
    });

    it('is looked at for half a minute, not for ever', async () => {
        const late = aMessage('t', { state: 'test', seen: true, told: told(done(2), waiting('The org is stopped.')) });
        answer('POST /api/v1/messages/test', late);
        answer('GET /api/v1/messages/t', late);
        const { said } = await send();
        await jest.advanceTimersByTimeAsync(30_000);

        expect(said.mock.calls.at(-1)[0].text).toContain('on its way, to 2. The org is stopped.');
        expect(jest.getTimerCount()).toBe(0);
    });
});

describe('who is told', () => {
    const part = async () => inside(await show(), 'c-accord-message-settings');
    const press = async (input, checked = true) => {
        input.checked = checked;
        input.dispatchEvent(new CustomEvent('change'));
        await settle();
    };
    const save = async (element) => {
        answer(`PUT ${SETTINGS}`, (body) => shown(body), '"2"');
        inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
        await settle();
        return calls.at(-1)[2];
    };

    it('is all admins until some are chosen, beginning with the admins', async () => {
        const element = await part();
        expect(inside(element, '[data-person]')).toBeNull();
        await press(inside(element, '[data-chosen]'));
        expect(allInside(element, '[data-person]').map((box) => box.checked)).toEqual([true, false]);
        await expect(element).toBeAccessible();
        await press(inside(element, `[data-person="${BO}"]`));
        await press(inside(element, `[data-person="${ADA}"]`), false);

        expect(await save(element)).toEqual({ ...USUAL, people: [BO] });
        await press(inside(element, '[data-admins]'));
        expect(await save(element)).toEqual(USUAL);
    });

    it('and by which ways is a switch each', async () => {
        const element = await part();
        expect(inside(element, '[data-no-mail]')).toBeNull();
        for (const name of ['by_email', 'by_bell', 'tell_concerned']) {
            // eslint-disable-next-line no-await-in-loop
            await press(inside(element, `[data-switch="${name}"]`), false);
        }

        expect(await save(element)).toEqual({ ...USUAL, by_email: false, by_bell: false, tell_concerned: false });
    });

    it('says that no mail goes out, and what is refused', async () => {
        answer(`GET ${SETTINGS}`, shown({ has_mail: false }), '"1"');
        const element = await part();
        expect(inside(element, '[data-no-mail]')).not.toBeNull();
        await press(inside(element, '[data-chosen]'));
        answer(`PUT ${SETTINGS}`, refusing(anError('INVALID_VALUE', 'Look.', { key: null, field: 'people', message: 'Choose.' })));
        inside(element, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
        await settle();

        expect(inside(element, '[data-people-error]').textContent).toBe('Choose.');
        await expect(element).toBeAccessible();
    });
});

describe('when admins are told', () => {
    const typed = async (element, value) => {
        const part = inside(element, 'c-accord-message-settings');
        const entry = inside(part, '[data-first]');
        entry.value = value;
        entry.dispatchEvent(new CustomEvent('change'));
        await settle();
        return part;
    };
    const save = async (part) => {
        inside(part, 'c-accord-save-bar').dispatchEvent(new CustomEvent('save'));
        await settle();
    };

    it('is saved with the version that was changed', async () => {
        const element = await show();
        const part = await typed(element, '5');
        expect(element.hasUnsaved).toBe(true);
        answer(`PUT ${SETTINGS}`, (body) => shown(body), '"2"');
        await save(part);

        expect(calls.at(-1)).toEqual(['PUT', SETTINGS, { ...USUAL, parked_more_than: 5 }, '"1"']);
        expect(element.hasUnsaved).toBe(false);
    });

    it('says at the entry what is refused, and whether somebody was faster', async () => {
        const element = await show();
        const part = await typed(element, '-1');
        const item = { key: null, field: 'parked_more_than', message: 'From 0 to 1,000,000.' };
        answer(`PUT ${SETTINGS}`, refusing(anError('INVALID_VALUE', 'Look at the entry.', item)));
        await save(part);
        expect(inside(part, '[data-error]').textContent).toBe('From 0 to 1,000,000.');
        await expect(element).toBeAccessible();

        answer(`PUT ${SETTINGS}`, refusing(anError('CHANGED_MEANWHILE', 'Ada was faster.')));
        answer(`GET ${SETTINGS}`, shown({ parked_more_than: 50 }), '"2"');
        await save(part);
        expect(inside(part, 'c-accord-meanwhile').message).toBe('Ada was faster.');
    });
});
