// Where the settings tab gets its data outside Lightning: our own HTTP API. Same functions as the bundle of this name for Lightning.
import { reduceError } from 'c/accordErrors';
import { exchange as send, fetchBytes } from '../accordRecordSource/api';
import { session } from '../page/session.js';

/** {answer, version} of one call; an error has the shape of the API. `version` is the ETag of the settings that are changed. */
export async function exchange(method, path, body, version) {
    try {
        return await send(method, path, body, version);
    } catch (error) {
        throw reduceError(error);
    }
}

/** The bytes of a file: a Uint8Array. */
export async function fetchFile(path) {
    try {
        return await fetchBytes(path);
    } catch (error) {
        throw reduceError(error);
    }
}

/** The address of a page of the org, such as lightning/setup/SetupOneHome/home. */
export const orgAddress = (path) => `${session.parent_origin ?? ''}/${path}`;
