import AccordLoginOffer from 'c/accordLoginOffer';
import { allInside, inside, listen, mount, settle } from 'accordTestKit';

jest.mock('c/accordLabels', () => jest.requireActual('../../../../../test/labels'));

const ADDRESS = 'https://login.example/authorize?state=x';
const OFFERED = { connected: false, offered: true };
const CONNECTED = { connected: true, offered: false };

const waysThat = (facts = {}) => ({
    find: jest.fn().mockResolvedValue(OFFERED),
    start: jest.fn().mockResolvedValue({ opened: true, authorize_url: ADDRESS }),
    dismiss: jest.fn().mockResolvedValue({ connected: false, offered: false }),
    drop: jest.fn().mockResolvedValue({ connected: false, ended_at_salesforce: true }),
    ...facts
});
async function show(facts) {
    const ways = waysThat(facts);
    const element = mount('c-accord-login-offer', AccordLoginOffer, { ways });
    await settle();
    return { element, ways };
}
const line = (element) => inside(element, '[data-login]');
const text = (element) => inside(element, '[data-text]').textContent;
const note = (element) => inside(element, '[data-note]')?.textContent;
const press = async (element, selector) => {
    inside(element, selector).focus();
    inside(element, selector).click();
    await settle();
};
const comeBack = async () => {
    window.dispatchEvent(new CustomEvent('focus'));
    await settle();
};

it('offers the person a login of his own, in one line with its reason', async () => {
    const { element } = await show();

    expect(text(element)).toBe('Tasks that Accord logs for you carry another name. Sign in to Salesforce once, and they carry yours.');
    expect(allInside(element, 'button').map((button) => button.textContent.trim())).toEqual(['Put my name on these Tasks', 'Not now']);
    await expect(element).toBeAccessible();
});

it.each([
    ['there is no reason to', { connected: false, offered: false }],
    ['nothing is known', undefined]
])('says nothing when %s', async (_, standing) => {
    const { element } = await show({ find: jest.fn().mockResolvedValue(standing) });

    expect(line(element)).toBeNull();
});

it('says nothing when nobody answers: everything works without', async () => {
    const { element } = await show({ find: jest.fn().mockRejectedValue({ code: 'UNREACHABLE', message: 'No answer.' }) });

    expect(line(element)).toBeNull();
});

it('begins the sign-in, and says once that it is done when the person comes back', async () => {
    const { element, ways } = await show();

    await press(element, '[data-connect]');
    expect(text(element)).toBe('Sign in in the window of Salesforce that has opened, then come back here.');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-text]'));
    await expect(element).toBeAccessible();

    ways.find.mockResolvedValue(CONNECTED);
    await comeBack();
    expect(text(element)).toBe('Salesforce is connected. Tasks that Accord logs for you carry your name from now on.');
    expect(allInside(element, 'button')).toEqual([]);
    await expect(element).toBeAccessible();

    const asked = ways.find.mock.calls.length;
    await comeBack();
    expect(ways.find.mock.calls).toHaveLength(asked);
});

it('asks only when the person begins, comes back or says so: nothing is polled', async () => {
    jest.useFakeTimers();
    const ways = waysThat();
    const element = mount('c-accord-login-offer', AccordLoginOffer, { ways });
    await jest.advanceTimersByTimeAsync(0);
    inside(element, '[data-connect]').click();
    await jest.advanceTimersByTimeAsync(3600000);
    jest.useRealTimers();

    expect(ways.find).toHaveBeenCalledTimes(1);
});

it('does not ask before the sign-in is begun, nor after the line is gone from the page', async () => {
    const { element, ways } = await show();
    await comeBack();
    expect(ways.find).toHaveBeenCalledTimes(1);

    await press(element, '[data-connect]');
    element.remove();
    await comeBack();
    expect(ways.find).toHaveBeenCalledTimes(1);
});

it('says that it is not done yet to whoever asks too early', async () => {
    const { element, ways } = await show();
    await press(element, '[data-connect]');
    await comeBack();
    expect(note(element)).toBeUndefined();

    await press(element, '[data-check]');
    expect(note(element)).toBe('Not connected yet. Finish the sign-in in the window of Salesforce.');

    ways.find.mockResolvedValue(CONNECTED);
    await press(element, '[data-check]');
    expect(line(element).dataset.login).toBe('connected');
    expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-text]'));
});

it('gives a link when the browser opens no window, and opens another one on demand', async () => {
    const { element, ways } = await show({ start: jest.fn().mockResolvedValue({ opened: false, authorize_url: ADDRESS }) });

    await press(element, '[data-connect]');
    expect(inside(element, '[data-link]').getAttribute('href')).toBe(ADDRESS);
    expect(text(element)).toContain('has not opened a window');
    await expect(element).toBeAccessible();

    ways.start.mockResolvedValue({ opened: true, authorize_url: ADDRESS });
    expect(inside(element, '[data-connect]').textContent).toBe('Open the window again');
    await press(element, '[data-connect]');
    expect(inside(element, '[data-link]')).toBeNull();
});

it('begins one sign-in for two quick clicks', async () => {
    const { element, ways } = await show();

    inside(element, '[data-connect]').click();
    await press(element, '[data-connect]');

    expect(ways.start).toHaveBeenCalledTimes(1);
});

it.each([
    ['its message', { code: 'NOT_ALLOWED', message: 'Your access is blocked.' }, 'Your access is blocked.'],
    ['that nobody answers', { code: 'SAVE_IN_DOUBT', message: 'It may be saved.' }, 'Accord cannot be reached']
])('shows a sign-in that does not begin with %s, and the offer stays', async (_, error, said) => {
    const { element } = await show({ start: jest.fn().mockRejectedValue(error) });

    await press(element, '[data-connect]');

    expect(note(element)).toContain(said);
    expect(line(element).dataset.login).toBe('offered');
    await expect(element).toBeAccessible();
});

it('goes when the person declines, and tells the panel', async () => {
    const { element, ways } = await show();
    const closed = listen(element, 'closed');

    await press(element, '[data-dismiss]');

    expect(ways.dismiss).toHaveBeenCalledTimes(1);
    expect(line(element)).toBeNull();
    expect(closed).toHaveBeenCalledTimes(1);
});

it('stays when the no could not be kept', async () => {
    const { element } = await show({ dismiss: jest.fn().mockRejectedValue({ code: 'INTERNAL_ERROR', message: 'Try again.' }) });

    await press(element, '[data-dismiss]');

    expect(note(element)).toBe('Try again.');
    expect(line(element)).not.toBeNull();
});

describe('a login that stands', () => {
    const standing = (facts) => show({ find: jest.fn().mockResolvedValue(CONNECTED), ...facts });

    it('is told in one line, and given back by its button', async () => {
        const { element, ways } = await standing();
        expect(text(element)).toBe('Your Salesforce login: connected. Tasks that Accord logs for you carry your name.');
        expect(allInside(element, 'button').map((button) => button.textContent.trim())).toEqual(['Disconnect']);
        await expect(element).toBeAccessible();

        await press(element, '[data-disconnect]');

        expect(ways.drop).toHaveBeenCalledTimes(1);
        expect(text(element)).toBe('Disconnected. Tasks that Accord logs for you carry another name from now on.');
        expect(note(element)).toBeUndefined();
        expect(element.shadowRoot.activeElement).toBe(inside(element, '[data-text]'));
        expect(allInside(element, 'button').map((button) => button.textContent.trim())).toEqual(['Put my name on these Tasks']);
        await expect(element).toBeAccessible();
    });

    it('that Salesforce could not be told of is to be ended there by hand', async () => {
        const { element } = await standing({ drop: jest.fn().mockResolvedValue({ connected: false, ended_at_salesforce: false }) });

        await press(element, '[data-disconnect]');

        expect(note(element)).toContain('under OAuth connections');
    });

    it('stays where it cannot be given back, with the reason', async () => {
        const { element } = await standing({ drop: jest.fn().mockRejectedValue({ code: 'TRY_AGAIN', message: 'Try again.' }) });

        await press(element, '[data-disconnect]');

        expect(line(element).dataset.login).toBe('standing');
        expect(note(element)).toBe('Try again.');
    });
});
