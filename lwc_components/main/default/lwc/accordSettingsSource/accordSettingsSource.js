// Where the settings tab gets its data in Lightning: our backend, asked by Apex in the name of the running user.
import isAdmin from '@salesforce/customPermission/Accord_Admin';
import send from '@salesforce/apex/AccordSettingsController.send';
import { panelError, reduceError } from 'c/accordErrors';
import { shellLabels as labels } from 'c/accordSettingsLabels';

/** {answer, version} of one call; an error has the shape of the API. `version` is the ETag of the settings that are changed. */
export async function exchange(method, path, body, version) {
    // only admins have the Apex class: everybody else would read of a class that he may not use
    if (!isAdmin) throw panelError('NOT_ALLOWED', labels.noAccessText);
    try {
        return await send({ method, path, body: body ? JSON.stringify(body) : null, version: version ?? null });
    } catch (error) {
        const reduced = reduceError(error);
        throw reduced.code === 'UNREACHABLE' ? { ...reduced, message: labels.unreachable } : reduced;
    }
}

/** The address of a page of the org, such as lightning/setup/SetupOneHome/home. */
export const orgAddress = (path) => `/${path}`;
