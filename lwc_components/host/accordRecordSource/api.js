// Calls of our HTTP API with the short token of this session: no cookies, no storage, one renewal.
import { panelError } from 'c/accordErrors';
import labels from 'c/accordLabels';
import { session } from '../page/session.js';
import { renewSession } from './renewal';

// the server reads and writes, each for 20 s at most, and may have to sign in before: it knows more than we do until then
const LIMIT_MS = 60000;

const asJson = (response) => response.json().catch(() => null);
const asBytes = async (response) => new Uint8Array(await response.arrayBuffer());

async function send(method, address, body, version, key, read) {
    const headers = { Authorization: `Bearer ${session.token}`, Accept: 'application/json' };
    if (body) headers['Content-Type'] = 'application/json';
    if (version) headers['If-Match'] = version;
    if (key) headers['Idempotency-Key'] = key;
    const response = await fetch(address, {
        method,
        headers,
        body: body && JSON.stringify(body),
        cache: 'no-store',
        credentials: 'omit',
        keepalive: method === 'PUT', // a draft, on its way while the page may be going
        signal: AbortSignal.timeout(LIMIT_MS)
    });
    return { response, answer: await (response.ok ? read : asJson)(response) };
}

/** Our sign-in has ended, or that of Salesforce: a new signed request brings both. Nothing was done then. */
const isSignedOut = ({ response, answer }) => response.status === 401 || answer?.code === 'SALESFORCE_LOGIN_LOST';

/** Sends once more after a renewed sign-in; an answer that still asks for one is an error. */
async function signedIn(...asked) {
    let sent = await send(...asked);
    if (!isSignedOut(sent)) return sent;
    const isRenewed = await renewSession().catch(() => false);
    if (isRenewed) sent = await send(...asked);
    if (isRenewed && !isSignedOut(sent)) return sent;
    throw panelError('SIGN_IN_AGAIN', asked[0] === 'GET' ? labels.signInAgain : labels.signInKept);
}

/**
 * {answer, version}: the answer's JSON, null when it has none, and its ETag. `version` given is that of what is changed; `key` is the
 * same for every try of one wish.
 * Throws {code, message, field, items, reference, status}. Only after a refused sign-in is it sent again, and once.
 * Whoever sent something to be saved and got no answer of ours does not know whether it is: SAVE_IN_DOUBT.
 */
export async function exchange(method, address, body, version, key, read = asJson) {
    const lost = method === 'GET' ? panelError('UNREACHABLE', labels.unreachable) : panelError('SAVE_IN_DOUBT', labels.inDoubt);
    let sent;
    try {
        sent = await signedIn(method, address, body, version, key, read);
    } catch (error) {
        throw error?.code === 'SIGN_IN_AGAIN' ? error : lost;
    }
    const { response, answer } = sent;
    if (response.ok && (answer || response.status === 204)) return { answer, version: response.headers?.get('ETag') ?? null };
    // an accident of the server may have come after the work was done
    if (response.status === 500 && lost.code === 'SAVE_IN_DOUBT') throw Object.assign(lost, { reference: answer?.reference ?? null });
    throw answer?.code ? { ...answer, status: response.status } : lost;
}

/** The bytes of a file. */
export const fetchBytes = async (address) => (await exchange('GET', address, null, null, null, asBytes)).answer;

/** As exchange, the answer's JSON alone. */
export const request = async (method, address, body) => (await exchange(method, address, body)).answer;
