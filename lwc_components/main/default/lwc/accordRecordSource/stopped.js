// Lightning saves by itself and asks nobody else, so that the panel asks first whether an admin has stopped Accord.
import getStop from '@salesforce/apex/AccordPanelController.getStop';
import { panelError } from 'c/accordErrors';

/** So long the panel waits for Accord. */
export const PATIENCE_MS = 3000;

/** Throws ORG_STOPPED while an admin has stopped Accord in this org. Who does not answer in time holds up no save. */
export async function refuseWhileStopped(recordId) {
    let timer;
    const patience = new Promise((resolve) => {
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- it ends with the question
        timer = setTimeout(resolve, PATIENCE_MS);
    });
    const asked = getStop({ recordId }).catch(() => null);
    const sentence = await Promise.race([asked, patience]);
    clearTimeout(timer);
    if (sentence) throw panelError('ORG_STOPPED', sentence);
}
