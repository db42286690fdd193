// Secrets that are shown once. Apex passes answers on, and a debug log of the org may hold what Apex held: so Accord seals the secret
// with a key that this page makes for one answer, and that never leaves the browser.
import { panelError } from 'c/accordErrors';
import { trustLabels as labels } from 'c/accordSettingsLabels';

const KEY = { name: 'RSA-OAEP', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
const textOf = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const bytesOf = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** The answer of `ask(publicKey)`, its secret opened as `secret`. Where the browser can keep no secret, nothing is asked. */
export async function askSealed(ask) {
    const subtle = globalThis.crypto?.subtle;
    if (!subtle) throw panelError('NO_CRYPTO', labels.noCrypto);
    const { publicKey, privateKey } = await subtle.generateKey(KEY, false, ['encrypt', 'decrypt']);
    const answer = await ask(textOf(await subtle.exportKey('spki', publicKey)));
    const secret = await subtle.decrypt({ name: KEY.name }, privateKey, bytesOf(answer.sealed));
    return { ...answer, secret: new TextDecoder().decode(secret) };
}
