import AccordTrustEvents from 'c/accordTrustEvents';
import { inside, mount, settle } from 'accordTestKit';
import { anError, refusing } from 'accordSettingsKit';
import { EVENTS } from 'accordTrustKit';
import { answer, calls, forget } from 'settingsAnswers';

beforeEach(forget);

const anEvent = (kind, facts = {}) => ({
    kind,
    at: '2026-11-22T10:00:00Z',
    detail: '',
    by_user: null,
    by_member: null,
    by_name: null,
    ...facts
});
const shown = async () => {
    const element = mount('c-accord-trust-events', AccordTrustEvents);
    await settle();
    inside(element, '[data-show]').click();
    await settle();
    return element;
};
const texts = (element) => [...element.shadowRoot.querySelectorAll('[data-event]')].map(({ textContent }) => textContent);

it('tells each decision in words, with who made it', async () => {
    answer(`GET ${EVENTS}`, {
        events: [
            anEvent('client_made', { detail: 'accord-1', by_member: 'm', by_name: 'Ada Lindqvist' }),
            anEvent('org_connected', { by_user: '005A' }),
            anEvent('link_made'),
            anEvent('something_newer')
        ]
    });
    const element = await shown();

    const [made, connected, link, newer] = texts(element);
    expect(made).toContain('A login of an application was made');
    expect(made).toContain('accord-1');
    expect(made).toContain('by Ada Lindqvist');
    expect(connected).toContain('by the Salesforce user 005A');
    expect(link).toContain('by whoever runs Accord');
    expect(newer).toContain('something_newer');
    await expect(element).toBeAccessible();
});

it('asks nothing before it is asked to, and says when there is nothing', async () => {
    answer(`GET ${EVENTS}`, { events: [] });
    mount('c-accord-trust-events', AccordTrustEvents);
    await settle();
    expect(calls).toEqual([]);

    expect(inside(await shown(), '[data-none]')).not.toBeNull();
});

it('says why it could not be read', async () => {
    answer(`GET ${EVENTS}`, refusing(anError('UNREACHABLE', 'Away.')));

    expect(inside(await shown(), '[data-problem]').textContent).toBe('Away.');
});
