import { request } from '../api';
import { session } from '../../page/session.js';
import { renewSession } from '../renewal';

jest.mock('../renewal', () => ({ renewSession: jest.fn() }));

const answer = (status, body) => ({
    ok: status < 400,
    status,
    json: () => (body === undefined ? Promise.reject(new Error()) : Promise.resolve(body))
});

beforeEach(() => {
    session.token = 'first';
    global.AbortSignal.timeout ??= () => undefined;
    global.fetch = jest.fn();
});

it('sends the token of this session, and neither cookies nor a cached answer', async () => {
    fetch.mockResolvedValue(answer(200, { ok: true }));

    expect(await request('PATCH', '/api/v1/panels/1', { changes: [] })).toEqual({ ok: true });

    const [address, options] = fetch.mock.calls[0];
    expect(address).toBe('/api/v1/panels/1');
    expect(options).toMatchObject({ method: 'PATCH', credentials: 'omit', cache: 'no-store', body: '{"changes":[]}' });
    expect(options.headers.Authorization).toBe('Bearer first');
});

it('passes the error of the API on', async () => {
    fetch.mockResolvedValue(answer(409, { code: 'STALE_EDIT', message: 'Stale.', items: [] }));

    await expect(request('PATCH', '/x', {})).rejects.toMatchObject({ code: 'STALE_EDIT' });
});

it('says in plain words what a gateway says in HTML', async () => {
    fetch.mockResolvedValue(answer(502));

    await expect(request('GET', '/x')).rejects.toMatchObject({ code: 'UNREACHABLE' });
});

describe('something that was sent to be saved', () => {
    it.each([
        ['the network breaks', () => Promise.reject(new TypeError('Failed to fetch'))],
        ['no answer comes in time', () => Promise.reject(new DOMException('Timed out', 'TimeoutError'))],
        ['a gateway answers in our place', () => Promise.resolve(answer(504))],
        ['the answer breaks off', () => Promise.resolve(answer(200))],
        ['the server has an accident', () => Promise.resolve(answer(500, { code: 'INTERNAL_ERROR', message: 'Accident.' }))]
    ])('is in doubt when %s (D9)', async (_, outcome) => {
        fetch.mockImplementation(outcome);

        await expect(request('PATCH', '/x', {})).rejects.toMatchObject({
            code: 'SAVE_IN_DOUBT',
            message: 'It is not known whether this was done, because no answer came. Try again: you will see if it was.'
        });
        await expect(request('POST', '/x', {})).rejects.toMatchObject({ code: 'SAVE_IN_DOUBT' });
    });

    it('has a minute, for the server may read for 20 s and write for 20 s', async () => {
        const timeout = jest.spyOn(global.AbortSignal, 'timeout');
        fetch.mockResolvedValue(answer(200, {}));

        await request('PATCH', '/x', {});

        expect(timeout).toHaveBeenCalledWith(60000);
    });
});

it('tries once more after its session has been renewed', async () => {
    fetch.mockResolvedValueOnce(answer(401, { code: 'SIGN_IN_AGAIN', message: '' })).mockResolvedValueOnce(answer(200, { ok: true }));
    renewSession.mockImplementation(async () => {
        session.token = 'second';
        return true;
    });

    await request('GET', '/x');

    expect(fetch.mock.calls[1][1].headers.Authorization).toBe('Bearer second');
});

it('tries once more after the Salesforce login has been renewed', async () => {
    fetch
        .mockResolvedValueOnce(answer(502, { code: 'SALESFORCE_LOGIN_LOST', message: '' }))
        .mockResolvedValueOnce(answer(200, { ok: true }));
    renewSession.mockResolvedValue(true);

    expect(await request('PATCH', '/x', {})).toEqual({ ok: true });
});

it.each([
    ['cannot be renewed', () => Promise.resolve(false)],
    ['cannot even be asked to be renewed', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['is refused even when renewed', () => Promise.resolve(true)]
])('asks to sign in again when the login %s, and what was typed is kept', async (_, renewal) => {
    fetch.mockResolvedValue(answer(502, { code: 'SALESFORCE_LOGIN_LOST', message: '' }));
    renewSession.mockImplementation(renewal);

    await expect(request('PATCH', '/x', {})).rejects.toMatchObject({
        code: 'SIGN_IN_AGAIN',
        message: 'Reload this page to sign in again. What you typed is still here.'
    });
});

it.each([
    ['cannot be renewed', false],
    ['is refused even when renewed', true]
])('asks to sign in again when the session %s', async (_, isRenewed) => {
    fetch.mockResolvedValue(answer(401, { code: 'SIGN_IN_AGAIN', message: '' }));
    renewSession.mockResolvedValue(isRenewed);

    await expect(request('GET', '/x')).rejects.toMatchObject({
        code: 'SIGN_IN_AGAIN',
        message: expect.stringContaining('reload the page')
    });
});
