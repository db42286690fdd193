// Where the settings tab gets its data outside Lightning: our own HTTP API. Same functions as the bundle of this name for Lightning.
import { reduceError } from 'c/accordErrors';
import { shellLabels as labels } from 'c/accordSettingsLabels';
import { exchange as send, fetchBytes } from '../accordRecordSource/api';
import { session } from '../page/session.js';

async function asked(call) {
    try {
        return await call();
    } catch (error) {
        const reduced = reduceError(error);
        throw reduced.code === 'UNREACHABLE' ? { ...reduced, message: labels.unreachable } : reduced;
    }
}

/** {answer, version} of one call; an error has the shape of the API. `version` is the ETag of the settings that are changed. */
export const exchange = (method, path, body, version) => asked(() => send(method, path, body, version));

/** The bytes of a file: a Uint8Array. */
export const fetchFile = (path) => asked(() => fetchBytes(path));

/** The address of a page of the org, such as lightning/setup/SetupOneHome/home. */
export const orgAddress = (path) => `${session.parent_origin ?? ''}/${path}`;
