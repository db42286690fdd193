/**
 * What the backend wrote into the page: who is signed in, for which record, and the short token.
 * It is read once and lives in memory alone: a frame of another site has neither cookies nor storage.
 */
const EMPTY = { token: null, record_id: null, object_api_name: null, page: 'panel', user: {}, parent_origin: null, org_url: null };

export function readSession(page) {
    const text = page.getElementById('accord-session')?.textContent?.trim();
    return { ...EMPTY, ...(text ? JSON.parse(text) : {}) };
}

export const session = readSession(document);
