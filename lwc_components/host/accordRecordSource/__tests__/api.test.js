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

it('tries once more after its session has been renewed', async () => {
    fetch.mockResolvedValueOnce(answer(401, { code: 'SIGN_IN_AGAIN', message: '' })).mockResolvedValueOnce(answer(200, { ok: true }));
    renewSession.mockImplementation(async () => {
        session.token = 'second';
        return true;
    });

    await request('GET', '/x');

    expect(fetch.mock.calls[1][1].headers.Authorization).toBe('Bearer second');
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
