// The deal and its account in one write: Lightning Data Service knows no such thing, Apex does.
import saveRecords from '@salesforce/apex/AccordSaveController.save';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { reduceSaveError } from 'c/accordErrors';

/** What Apex is given for a record: values as text, so that a decimal keeps every digit. */
const asText = ({ values, ...rest }) => ({
    ...rest,
    values: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value === null ? null : String(value)]))
});

async function write(parts) {
    const wishes = [];
    for (const { record, changes } of parts) {
        // eslint-disable-next-line no-await-in-loop -- what is stale in the first needs no look at the second
        wishes.push(asText(await record.wish(changes)));
    }
    try {
        return await saveRecords({ wishes: JSON.stringify(wishes) });
    } catch (error) {
        throw reduceSaveError(error);
    }
}

/**
 * Saves the changes of several records, all or none. @param parts [{record, changes}], `record` a c-accord-lds-record
 * Answers what became of each change; throws an error of the API's shape, after which nothing is saved.
 */
export async function saveTogether(parts) {
    const saved = await write(parts).catch((error) => {
        if (error.code !== 'CHANGED_MEANWHILE') throw error;
        // somebody saved between our look and our write: look again, and write if it was about other fields
        return write(parts);
    });
    const outcomes = parts.flatMap(({ record, changes }, place) => record.taken(changes, saved[place].fields, saved[place].modified));
    // other components of the page show these records too
    notifyRecordUpdateAvailable(parts.map(({ record }) => ({ recordId: record.recordId })));
    return outcomes;
}
