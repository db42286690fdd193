/** Rows of the panel from what Lightning Data Service knows: a record, the description of its object and its picklists. Pure. */
import { canonicalDecimal } from 'c/accordValues';
import labels from 'c/accordLabels';

const TYPES = {
    Date: 'date',
    Currency: 'currency',
    Double: 'number',
    Int: 'number',
    Picklist: 'picklist',
    String: 'text',
    TextArea: 'long_text'
};

const row = (field, label) => ({ key: `Opportunity.${field}`, sobject: 'Opportunity', field, label });

/** What the panel shows before anybody has set it up, and when the settings cannot be reached. */
export const DEFAULT_TABS = [
    {
        key: 'deal',
        label: labels.tabDeal,
        rows: [
            row('CloseDate', labels.rowCloseDate),
            row('Amount', labels.rowAmount),
            row('StageName', labels.rowStage),
            row('NextStep', labels.rowNextSteps)
        ]
    }
];

/** Fields that the rows' state depends on: currency of the record, products of the deal, its account and its stage. */
export const CONTEXT_FIELDS = {
    Opportunity: ['Name', 'AccountId', 'CurrencyIsoCode', 'HasOpportunityLineItem', 'StageName'],
    Account: ['Name', 'CurrencyIsoCode']
};

export const valueOf = (record, field) => record?.fields?.[field]?.value ?? null;

/** Whether a tab belongs to the deal as it is now. An empty list means any; a stage that the user may not see hides nothing. */
export function isShown({ rule }, { recordTypeId, stage }) {
    const types = rule?.record_types ?? [];
    const stages = rule?.stages ?? [];
    return (types.length === 0 || types.includes(recordTypeId)) && (stages.length === 0 || !stage || stages.includes(stage));
}

/** Why the field cannot be edited, as {code}; null when it can. */
function lockOf({ sobject, field }, described, { record, canEdit }) {
    if (described.calculated) return { code: 'FORMULA' };
    // Salesforce: the amount of a deal with products is their sum; writing it is answered with success and changes nothing
    if (sobject === 'Opportunity' && field === 'Amount' && valueOf(record, 'HasOpportunityLineItem'))
        return { code: 'COMES_FROM_PRODUCTS' };
    if (canEdit === false) return { code: 'RECORD_READ_ONLY' };
    return described.updateable ? null : { code: 'NO_EDIT_RIGHT' };
}

const hidden = (configured, recordId, code = 'NOT_VISIBLE') => ({
    ...configured,
    record_id: recordId,
    type: 'text',
    value: null,
    editable: false,
    required: false,
    read_only_reason: { code }
});

const optionsOf = (picklists, field) => (picklists?.[field]?.values ?? []).map(({ value, label }) => ({ value, label }));

/** @param source {recordId, record, objectInfo, picklists, canEdit}  A field that the user may not see has no facts but that. */
export function buildRow(configured, source) {
    const { recordId, record, objectInfo, picklists } = source;
    const described = objectInfo.fields[configured.field];
    if (!described || !(configured.field in record.fields)) return hidden(configured, recordId);
    const type = TYPES[described.dataType];
    // the field was changed in Salesforce after it was chosen
    if (!type) return hidden(configured, recordId, 'TYPE_NOT_ALLOWED');
    const isNumber = type === 'currency' || type === 'number';
    const value = valueOf(record, configured.field);
    const reason = lockOf(configured, described, source);
    return {
        ...configured,
        record_id: recordId,
        salesforce_label: described.label,
        type,
        value: isNumber ? canonicalDecimal(value) : value,
        editable: reason === null,
        read_only_reason: reason,
        required: reason === null && described.required,
        max_length: type === 'text' || type === 'long_text' ? described.length : null,
        precision: isNumber ? described.precision : null,
        scale: isNumber ? described.scale : null,
        currency: type === 'currency' ? valueOf(record, 'CurrencyIsoCode') : null,
        options: type === 'picklist' ? optionsOf(picklists, configured.field) : null
    };
}

/** What goes out for a value: a number only when it carries every digit of the decimal, else the digits as text. */
export function wireValue(type, value) {
    if (type !== 'currency' && type !== 'number') return value;
    const plain = canonicalDecimal(value);
    return plain !== null && String(Number(plain)) === plain ? Number(plain) : plain;
}
