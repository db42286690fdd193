/** What the page of the connection is answered; tests name the facts that matter to them. */
import { webcrypto } from 'node:crypto';
import { TextDecoder, TextEncoder } from 'node:util';
import { settle } from './accordTestKit';
import { answer } from './platform/settingsSource';

export const DATES = '/api/v1/settings/connection';
export const CLIENTS = '/api/v1/connection/clients';
export const EVENTS = '/api/v1/connection/events';

export const someDates = (facts = {}) => ({
    integration_login: 'jwt_bearer',
    secret_ends_on: null,
    key_ends_on: '2027-03-01',
    method_ends_on: null,
    ...facts
});
export const aClient = (id, facts = {}) => ({ client_id: id, role: 'flow', made_at: '2026-11-02T10:00:00Z', active: true, ...facts });

/** The page as it is on most days. */
export function trustIsWell() {
    answer(`GET ${DATES}`, someDates(), '"0"');
    answer(`GET ${CLIENTS}`, { clients: [aClient('accord-1')] });
    answer(`GET ${EVENTS}`, { events: [] });
}

const setGlobal = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true });

/** What every browser has, and the stand-in of one in tests has not. */
export function useBrowserCrypto() {
    setGlobal('crypto', webcrypto);
    setGlobal('TextEncoder', TextEncoder);
    setGlobal('TextDecoder', TextDecoder);
}
export const useNoCrypto = () => setGlobal('crypto', undefined);

/** An answer with a secret, sealed as Accord does for the key that the page has sent. */
export const sealing =
    (facts, secret) =>
    async ({ public_key: text }) => {
        const { subtle } = globalThis.crypto;
        const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
        const key = await subtle.importKey('spki', Buffer.from(text, 'base64'), algorithm, false, ['encrypt']);
        const sealed = await subtle.encrypt(algorithm, key, new TextEncoder().encode(secret));
        return { ...facts, sealed: Buffer.from(sealed).toString('base64') };
    };

/** Until something is on the page: a key is made outside of the page's turn. */
export const until = (isTrue) => (isTrue() ? settle() : new Promise((resolve) => setTimeout(resolve)).then(() => until(isTrue)));
