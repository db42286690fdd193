/**
 * Every shape of error that reaches the panel, reduced to the one of our HTTP API:
 * {code, message, field, items: [{key, field, code, message, yours, theirs}], reference}.
 */
import labels from 'c/accordLabels';

const parsed = (text) => {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
};

const isOurs = (value) => typeof value?.code === 'string' && typeof value?.message === 'string';

const complete = (error) => ({ field: null, reference: null, ...error, items: error.items ?? [] });

/** Lightning Data Service: body.output holds errors of the record and, by field, errors of fields. */
function itemsOfDataService(output, sobject) {
    const byField = Object.values(output.fieldErrors ?? {}).flat();
    return [...byField, ...(output.errors ?? [])].map((error) => ({
        key: error.field ? `${sobject}.${error.field}` : null,
        field: error.field ?? null,
        code: error.errorCode ?? 'SALESFORCE_REFUSED',
        message: error.message
    }));
}

/** @param error anything thrown or rejected  @param sobject the record that was being written, for errors that name a field */
export function reduceError(error, sobject = null) {
    if (isOurs(error)) return complete(error);
    const body = Array.isArray(error?.body) ? error.body[0] : error?.body;
    // AccordPanelController passes our own error on as the text of an AuraHandledException
    const fromApex = parsed(body?.message);
    if (isOurs(fromApex)) return complete(fromApex);
    if (body?.output) {
        const items = itemsOfDataService(body.output, sobject);
        return complete({ code: 'SALESFORCE_REFUSED', message: items[0]?.message ?? body.message, items });
    }
    if (body?.message) return complete({ code: body.errorCode ?? 'SALESFORCE_REFUSED', message: body.message });
    return complete({ code: 'UNREACHABLE', message: labels.unreachable });
}

/** An error of the shape above, made on this side. */
export const panelError = (code, message, rest = {}) => complete({ code, message, ...rest });

/** True when nobody can tell whether what was sent has been saved. */
export const isInDoubt = ({ code }) => code === 'SAVE_IN_DOUBT';

/** As reduceError, for something that was sent to be saved: when no answer came, it may be saved all the same. */
export function reduceSaveError(error, sobject = null) {
    const reduced = reduceError(error, sobject);
    return reduced.code === 'UNREACHABLE' ? { ...reduced, code: 'SAVE_IN_DOUBT', message: labels.inDoubt } : reduced;
}
