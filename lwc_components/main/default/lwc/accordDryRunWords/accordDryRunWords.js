// What a dry run of synced fields has found, in words: as the API answers, values in, values out.
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { syncRunLabels as labels } from 'c/accordSettingsLabels';

/** How much would be written, of the plans that were looked at. */
export function sumText({ records_to_write: records, fields_to_write: fields }, plans) {
    return records ? format(labels.sum, numberOf(fields), numberOf(records), numberOf(plans)) : labels.sumNone;
}

/** What a back-fill of all plans costs, and what is left of the org's calls. */
export function wholeText({ plans, calls_at_most: calls, calls_left: left }) {
    const cost = format(labels.cost, numberOf(plans), numberOf(calls));
    return left === null ? cost : `${cost} ${format(labels.costLeft, numberOf(left))}`;
}
