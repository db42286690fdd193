import AccordMessages from 'c/accordMessages';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';
import { aMessage } from 'accordSafetyKit';
import { anError, refusing } from 'accordSettingsKit';
import { answer, calls, forget } from 'settingsAnswers';

const inbox = (found, query = '?limit=20') => answer(`GET /api/v1/messages${query}`, { messages: found });
const SETTINGS = '/api/v1/settings/messages';

beforeEach(() => {
    forget();
    inbox([aMessage('b'), aMessage('a', { state: 'well', seen: true, until: '2026-11-22T19:00:00Z', count: 3 })]);
    answer(`GET ${SETTINGS}`, { parked_more_than: 20 }, '"1"');
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
        answer(`PUT ${SETTINGS}`, (body) => body, '"2"');
        await save(part);

        expect(calls.at(-1)).toEqual(['PUT', SETTINGS, { parked_more_than: 5 }, '"1"']);
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
        answer(`GET ${SETTINGS}`, { parked_more_than: 50 }, '"2"');
        await save(part);
        expect(inside(part, 'c-accord-meanwhile').message).toBe('Ada was faster.');
    });
});
