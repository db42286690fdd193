/** Rows of the panel from what Lightning Data Service knows: a record, the description of its object and its picklists. Pure. */
import { canonicalDecimal, isNumeric } from 'c/accordValues';
import labels from 'c/accordLabels';

const TYPES = { Date: 'date', Currency: 'currency', Double: 'number', Int: 'number', Picklist: 'picklist' };
const MORE_TYPES = { Boolean: 'boolean', MultiPicklist: 'multipicklist', Percent: 'percent' };
const OF_OPTIONS = new Set(['picklist', 'multipicklist']);
const TEXT_LENGTH = 255;

/** The panel's type of a described field (A14); undefined when it is none of the six. Variables have three more. The backend has the same rule. */
export function rowType({ dataType, extraTypeInfo, length }, isVariable = false) {
    if (dataType === 'String') return length <= TEXT_LENGTH ? 'text' : undefined;
    if (dataType === 'TextArea') return extraTypeInfo?.toLowerCase() === 'richtextarea' ? undefined : 'long_text';
    return TYPES[dataType] ?? (isVariable ? MORE_TYPES[dataType] : undefined);
}

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

/** The fields of these keys that no tab shows and no variable is, as rows. `closed` are variables that nobody may read here. */
export function outsideOf({ tabs, variables = [], closed = [] }, keys) {
    const configured = new Set([...[...tabs.flatMap(({ rows }) => rows), ...variables].map(({ key }) => key), ...closed]);
    const outside = (key) => ({ key, sobject: key.split('.')[0], field: key.slice(key.indexOf('.') + 1) });
    return [...new Set(keys)].filter((key) => !configured.has(key)).map(outside);
}

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

/** Why the field cannot be edited, as {code, since}; null when it can. What Salesforce says goes before what an admin has set. */
function lockOf({ sobject, field, write }, described, { record, canEdit, approvalSince }) {
    if (described.calculated) return { code: 'FORMULA' };
    // Salesforce: the amount of a deal with products is their sum; writing it is answered with success and changes nothing
    if (sobject === 'Opportunity' && field === 'Amount' && valueOf(record, 'HasOpportunityLineItem'))
        return { code: 'COMES_FROM_PRODUCTS' };
    if (canEdit === false) return approvalSince ? { code: 'LOCKED_BY_APPROVAL', since: approvalSince } : { code: 'RECORD_READ_ONLY' };
    if (!described.updateable) return { code: 'NO_EDIT_RIGHT' };
    return write === false ? { code: 'WRITE_OFF' } : null;
}

/** A row without anything but why, {code, message}. */
export const lockedRow = (configured, recordId, reason) => ({
    ...configured,
    record_id: recordId,
    type: 'text',
    value: null,
    editable: false,
    required: false,
    read_only_reason: reason
});
/** Nobody sees a field that is gone; one that is there is closed to this user. */
const hidden = (configured, recordId) => lockedRow(configured, recordId, configured.reason ?? { code: 'NOT_VISIBLE' });

/** The values that are offered, each with those of the controlling field beside which it is; null: beside any. */
function optionsOf(picklists, field) {
    const { values = [], controllerValues = {} } = picklists?.[field] ?? {};
    const controlling = Object.entries(controllerValues);
    const besides = (indexes) => controlling.filter(([, index]) => indexes.includes(index)).map(([value]) => value);
    return values.map(({ value, label, validFor }) => ({ value, label, valid_for: controlling.length ? besides(validFor) : null }));
}

/** The field that controls a picklist, with its value in words; null when there is none or the user may not see it. */
function controllerOf({ sobject }, { controllerName }, { record }) {
    if (!controllerName || !(controllerName in record.fields)) return null;
    const value = valueOf(record, controllerName);
    return { key: `${sobject}.${controllerName}`, value: typeof value === 'boolean' ? String(value) : value };
}

/** The fields that control configured picklists: their values are needed too. */
export const controllersOf = (configured, objectInfo) =>
    configured.map(({ field }) => objectInfo?.fields[field]?.controllerName).filter(Boolean);

/**
 * Through a lookup to records of several objects Salesforce gives the fields of its object Name, whichever the record belongs to.
 * Source: Object Reference, "Name". It is described here because the platform does not describe it to components.
 */
const nameField = (label) => ({ label, dataType: 'String', length: 255 });
const NAME = {
    fields: {
        Alias: nameField('Alias'),
        FirstName: nameField('First Name'),
        LastName: nameField('Last Name'),
        Name: nameField('Name'),
        Title: nameField('Title'),
        Username: nameField('Username')
    }
};

/** The description of the object to which a step of a path leads; undefined while it is not known. */
function next(info, step, infos) {
    const lookup = Object.values(info?.fields ?? {}).find((field) => field.relationshipName === step);
    const [target, other] = lookup?.referenceToInfos ?? [];
    if (other) return NAME;
    return target && { name: target.apiName, ...infos[target.apiName] };
}

/** Names of the objects on the paths of rows such as Owner.Name, as far as the known descriptions lead. */
export function relatedObjects(configured, objectInfo, infos) {
    const names = new Set();
    for (const { field } of configured) {
        let info = objectInfo;
        for (const step of field.split('.').slice(0, -1)) {
            info = next(info, step, infos);
            if (info?.name) names.add(info.name);
        }
    }
    return [...names].sort();
}

/** A field of a related record: read-only, as it is there. */
function relatedRow(configured, { recordId, record, objectInfo, infos }) {
    const steps = configured.field.split('.');
    const last = steps.pop();
    const holder = steps.reduce((info, step) => next(info, step, infos ?? {}), objectInfo);
    const described = holder?.fields?.[last];
    if (!described) return hidden(configured, recordId);
    const parent = steps.reduce((known, step) => valueOf(known, step), record);
    // of records of several kinds not each has every field: what was not read is not empty
    if (holder === NAME && parent && !(last in parent.fields)) return hidden(configured, recordId);
    return factsOf(configured, described, parent, {
        record_id: recordId,
        editable: false,
        read_only_reason: { code: 'RELATED', record_id: parent?.id ?? null },
        name: last
    });
}

/** What is known of a field with its value in a record. */
function factsOf(configured, described, record, { name = configured.field, ...state }) {
    const type = rowType(described, configured.isVariable);
    // the field was changed in Salesforce after it was chosen
    if (!type) return lockedRow(configured, state.record_id, { code: 'TYPE_NOT_ALLOWED' });
    const isNumber = isNumeric(type);
    const value = valueOf(record, name);
    const asText = type === 'boolean' ? String(value === true) : value;
    return {
        ...configured,
        ...state,
        label: configured.label ?? described.label,
        salesforce_label: described.label,
        type,
        value: isNumber ? canonicalDecimal(value) : asText,
        required: state.editable && described.required,
        max_length: type === 'text' || type === 'long_text' ? described.length : null,
        precision: isNumber ? described.precision : null,
        scale: isNumber ? described.scale : null,
        currency: type === 'currency' ? valueOf(record, 'CurrencyIsoCode') : null,
        options: null,
        controller: null
    };
}

/** @param source {recordId, record, objectInfo, infos, picklists, canEdit, approvalSince}  A field that the user may not see has no facts but that. */
export function buildRow(configured, source) {
    const { recordId, record, objectInfo, picklists } = source;
    if (configured.field.includes('.')) return relatedRow(configured, source);
    const described = objectInfo.fields[configured.field];
    if (!described || !(configured.field in record.fields)) return hidden(configured, recordId);
    const reason = lockOf(configured, described, source);
    const facts = factsOf(configured, described, record, { record_id: recordId, editable: reason === null, read_only_reason: reason });
    if (!OF_OPTIONS.has(facts.type)) return facts;
    return { ...facts, options: optionsOf(picklists, configured.field), controller: controllerOf(configured, described, source) };
}

/** What goes out for a value: a number only when it carries every digit of the decimal, else the digits as text. */
export function wireValue(type, value) {
    if (type === 'boolean') return value === 'true';
    if (!isNumeric(type)) return value;
    const plain = canonicalDecimal(value);
    return plain !== null && String(Number(plain)) === plain ? Number(plain) : plain;
}
