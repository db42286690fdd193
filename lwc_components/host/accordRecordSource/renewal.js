// A session that has ended is renewed through the page around the frame: it alone can ask Salesforce for a new signed request.
import { readSession, session } from '../page/session.js';

const WAIT_MS = 5000;

/** Asks the parent and waits for its answer; null when it gives none in time, or when a message comes from anybody else. */
function signedRequestOfParent() {
    return new Promise((resolve) => {
        const listen = (event) => {
            const isParent = event.source === window.parent && event.origin === session.parent_origin;
            if (isParent && event.data?.type === 'accord:signed-request') finish(event.data.signed_request);
        };
        const timer = setTimeout(() => finish(null), WAIT_MS);
        const finish = (signedRequest) => {
            clearTimeout(timer);
            window.removeEventListener('message', listen);
            resolve(signedRequest);
        };
        window.addEventListener('message', listen);
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
