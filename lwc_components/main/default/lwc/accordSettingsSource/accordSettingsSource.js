// Where the settings tab gets its data in Lightning: our backend, asked by Apex in the name of the running user.
import isAdmin from '@salesforce/customPermission/Accord_Admin';
import fileOf from '@salesforce/apex/AccordSettingsController.fileOf';
import send from '@salesforce/apex/AccordSettingsController.send';
import { panelError, reduceError } from 'c/accordErrors';
import { shellLabels as labels } from 'c/accordSettingsLabels';

async function asked(call) {
    // only admins have the Apex class: everybody else would read of a class that he may not use
    if (!isAdmin) throw panelError('NOT_ALLOWED', labels.noAccessText);
    try {
        return await call();
    } catch (error) {
        const reduced = reduceError(error);
        throw reduced.code === 'UNREACHABLE' ? { ...reduced, message: labels.unreachable } : reduced;
    }
}

/** {answer, version} of one call; an error has the shape of the API. `version` is the ETag of the settings that are changed. */
export const exchange = (method, path, body, version) =>
    asked(() => send({ method, path, body: body ? JSON.stringify(body) : null, version: version ?? null }));

/** The bytes of a file: a Uint8Array. Apex passes them on as text. */
export async function fetchFile(path) {
    const text = atob(await asked(() => fileOf({ path })));
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The address of a page of the org, such as lightning/setup/SetupOneHome/home. */
export const orgAddress = (path) => `/${path}`;
