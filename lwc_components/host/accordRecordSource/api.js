// Calls of our HTTP API with the short token of this session: no cookies, no storage, one renewal.
import { panelError } from 'c/accordErrors';
import labels from 'c/accordLabels';
import { session } from '../page/session.js';
import { renewSession } from './renewal';

const LIMIT_MS = 30000;

async function send(method, address, body) {
    const headers = { Authorization: `Bearer ${session.token}`, Accept: 'application/json' };
    if (body) headers['Content-Type'] = 'application/json';
    return fetch(address, {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(LIMIT_MS)
    });
}

/** The answer's JSON; throws {code, message, field, items, reference}. Only a refused token is tried again, and only once. */
export async function request(method, address, body) {
    let response = await send(method, address, body);
    if (response.status === 401) {
        if (!(await renewSession())) throw panelError('SIGN_IN_AGAIN', labels.signInAgain);
        response = await send(method, address, body);
    }
    const answer = await response.json().catch(() => null);
    if (response.ok) return answer;
    if (response.status === 401) throw panelError('SIGN_IN_AGAIN', labels.signInAgain);
    throw answer?.code ? answer : panelError('UNREACHABLE', labels.unreachable);
}
