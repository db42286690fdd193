// A session that has ended is renewed through the page around the frame: it alone can ask Salesforce for a new signed request.
import { readSession, session } from '../page/session.js';

const WAIT_MS = 5000;

const isFromParent = (event) => event.source === window.parent && event.origin === session.parent_origin;

/** Asks the parent and waits for its answer; null when it gives none in time. What anybody else sends is passed over. */
function signedRequestOfParent() {
    return new Promise((resolve) => {
        const end = new AbortController();
        const timer = setTimeout(() => end.abort(), WAIT_MS);
        end.signal.addEventListener('abort', () => resolve(null));
        window.addEventListener(
            'message',
            (event) => {
                if (!isFromParent(event) || event.data?.type !== 'accord:signed-request') return;
                resolve(event.data.signed_request);
                clearTimeout(timer);
                end.abort();
            },
            { signal: end.signal }
        );
        window.parent.postMessage({ type: 'accord:signed-request-wanted' }, session.parent_origin);
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
        credentials: 'omit'
    });
    if (!response.ok) return false;
    const fresh = readSession(new DOMParser().parseFromString(await response.text(), 'text/html'));
    if (!fresh.token || fresh.record_id !== session.record_id || fresh.user.id !== session.user.id) return false;
    session.token = fresh.token;
    return true;
}
