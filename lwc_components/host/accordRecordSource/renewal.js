// A session that has ended is renewed through the page around the frame: it alone can ask Salesforce for a new signed request.
import { canvasMessage } from '../page/canvas.js';
import { readSession, session } from '../page/session.js';

const WAIT_MS = 5000;
const PAGE_LIMIT_MS = 30000;

/** The signed request in an answer to our message; undefined when the message is about something else. */
function signedRequestIn(text, number) {
    try {
        const answer = JSON.parse(text);
        return answer.seq === number && answer.status === 200 ? answer.payload?.response : undefined;
    } catch {
        return undefined;
    }
}

/** Asks the parent and waits for its answer; null when it gives none in time. What anybody else sends is passed over. */
function signedRequestOfParent() {
    const number = Math.floor(Math.random() * 1e9);
    return new Promise((resolve) => {
        const end = new AbortController();
        const finish = (signedRequest) => {
            resolve(signedRequest);
            end.abort();
        };
        const timer = setTimeout(finish, WAIT_MS, null);
        end.signal.addEventListener('abort', () => clearTimeout(timer));
        const listen = (event) => {
            const isParent = event.source === window.parent && event.origin === session.parent_origin;
            const signedRequest = isParent ? signedRequestIn(event.data, number) : undefined;
            if (signedRequest) finish(signedRequest);
        };
        window.addEventListener('message', listen, { signal: end.signal });
        window.parent.postMessage(canvasMessage('refresh', {}, number), session.parent_origin);
    });
}

/** True when this page has a fresh token for the same person and record. */
export async function renewSession() {
    if (!session.parent_origin || window.parent === window) return false;
    const signedRequest = await signedRequestOfParent();
    if (!signedRequest) return false;
    const response = await fetch('/canvas', {
        method: 'POST',
        body: new URLSearchParams({ signed_request: signedRequest }),
        credentials: 'omit',
        signal: AbortSignal.timeout(PAGE_LIMIT_MS)
    });
    if (!response.ok) return false;
    const fresh = readSession(new DOMParser().parseFromString(await response.text(), 'text/html'));
    if (!fresh.token || fresh.record_id !== session.record_id || fresh.user.id !== session.user.id) return false;
    session.token = fresh.token;
    return true;
}
