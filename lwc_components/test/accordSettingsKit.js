/** Settings as the API answers them; tests name the facts that matter to them. */
import { anOverview } from './accordPrivacyKit';
import { SAFETY, someBrakes } from './accordSafetyKit';
import { answer } from './platform/settingsSource';

export const PANEL = '/api/v1/settings/panel';
export const ACTIVITY = '/api/v1/settings/activity';
export const FIELD_SYNC = '/api/v1/settings/field-sync';
const NO_RULE = { record_types: [], stages: [] };

export const anError = (code, message, ...items) => ({ code, message, field: null, items, reference: null });
export const refusing = (error) => () => {
    throw error;
};

export const aRow = (key, label, facts = {}) => {
    const [sobject, field] = key.split('.');
    return { key, sobject, field, label, status: 'ok', reason: null, ...facts };
};
export const aTab = (label, rows, rule = NO_RULE) => ({ key: label.toLowerCase(), label, rows, rule });
export const CLOSE = aRow('Opportunity.CloseDate', 'Close Date');
export const AMOUNT = aRow('Opportunity.Amount', 'Amount');
export const STAGE = aRow('Opportunity.StageName', 'Stage');
export const INDUSTRY = aRow('Account.Industry', 'Industry');
export const aPanelSetup = (...tabs) => ({
    tabs: tabs.length ? tabs : [aTab('Deal', [CLOSE, AMOUNT, STAGE]), aTab('Qualification', [])],
    is_default: true,
    changed_at: null,
    changed_by: null,
    checked_at: null
});

export const aField = (field, label, facts = {}) => ({ field, label, type: 'text', allowed: true, reason: null, over: null, ...facts });
export const aConnection = (facts = {}) => ({
    org_id: '00D000000000001EAA',
    label: 'Halden Instruments',
    instance_url: 'https://halden.my.salesforce.com',
    is_sandbox: false,
    status: 'live',
    integration_username: 'integration@halden.example',
    certificates: [{ fingerprint: '9f', key_id: 'k', active: true, ends_at: '2027-11-01T00:00:00Z' }],
    ...facts
});
const KINDS = ['Step Updated', 'Comment', 'Customer View', 'Resource Added', 'Member Invited', 'Member Joined'];
export const anActivitySetup = (facts = {}) => ({
    enabled: false,
    owner_time_zone: 'UTC',
    kinds: KINDS.map((title) => ({
        kind: title.toLowerCase().replace(' ', '_'),
        prefix: `[Accord: ${title}]`,
        enabled: true,
        folding: 'day',
        minutes: null,
        text: '{text}',
        folded_text: '{count} times',
        internal: 'excluded'
    })),
    ...facts
});

export const aSyncRow = (datum, field, facts = {}) => ({
    id: `row-${datum}`,
    datum,
    datum_label: datum.replace('_', ' '),
    path: '',
    field,
    target: field,
    sobject: 'Opportunity',
    field_label: field,
    field_type: 'string',
    status: 'ok',
    reason: null,
    since: null,
    ...facts
});
export const aFieldSync = (facts = {}) => ({
    enabled: false,
    check_minutes: 15,
    rows: [aSyncRow('accord_url', 'Accord_URL__c'), aSyncRow('accord_status', 'Accord_Status__c')],
    is_default: true,
    changed_at: null,
    changed_by: null,
    ...facts
});

export const TWO_WAY = '/api/v1/settings/two-way';
const aLink = () => ({
    enabled: true,
    policy: 'salesforce',
    ask_days: 3,
    ask_default: 'salesforce',
    counts: { not_read: 0, equal: 12, on_its_way: 0, conflict: 1, frozen: 0, apart: 2 }
});
export const aTwoWay = (facts = {}) => ({
    close_date: aLink(),
    amount: aLink(),
    org_currency: null,
    known_currency: null,
    is_default: true,
    changed_at: null,
    changed_by: null,
    ...facts
});

export const VARIABLES = '/api/v1/settings/variables';
export const aVariable = (key, label, facts = {}) => aRow(key, label, { read: true, write: false, ...facts });
export const someVariables = (...rows) => ({
    enabled: true,
    rows,
    is_default: false,
    changed_at: null,
    changed_by: null,
    checked_at: null
});
export const CONTACTS = '/api/v1/settings/contacts';
export const someContacts = (facts = {}) => ({
    enabled: false,
    lead_source: null,
    waiting: 0,
    left_out: 0,
    plans: 0,
    reading_calls: 0,
    to_read: 0,
    is_default: true,
    changed_at: null,
    changed_by: null,
    ...facts
});
export const AUTO_CREATE = '/api/v1/settings/auto-create';
export const anAutoRule = (name, facts = {}) => ({
    id: name.toLowerCase(),
    name,
    enabled: false,
    stages: ['Negotiation'],
    types: [],
    amount_from: null,
    amount_to: null,
    currency: null,
    point_person: null,
    playbook: null,
    template_id: null,
    title: '{deal}',
    stage_title: 'Kick-off',
    since: null,
    made: 3,
    waiting: 1,
    is_looking_back: false,
    ...facts
});
const aStage = (value, facts = {}) => ({ value, label: value, is_won: false, is_lost: false, ...facts });
export const CRITERIA = '/api/v1/settings/criteria';
export const aCriterion = (key, facts = {}) => ({ id: `id-${key}`, key, kind: 'role', title: key, stages: [], plans: 0, ...facts });
export const someCriteria = (...criteria) => ({ criteria, is_default: false, changed_at: null, changed_by: 'Ada Lindqvist' });
export const SCORE = '/api/v1/settings/score';
export const someWeights = (facts = {}) => ({
    weights: { criteria: 40, progress: 25, customers_invited: 10, customers_accepted: 15, deal_stage: 10 },
    version: 0,
    is_default: true,
    changed_at: null,
    changed_by: null,
    customers_for_all: 3,
    ...facts
});
export const autoChoices = (facts = {}) => ({
    stages: [
        aStage('Prospecting'),
        aStage('Negotiation'),
        aStage('Closed Won', { is_won: true }),
        aStage('Closed Lost', { is_lost: true })
    ],
    types: [
        { value: 'New', label: 'New Customer' },
        { value: 'Old', label: 'Existing Customer' }
    ],
    currencies: ['EUR', 'USD'],
    people: [{ value: '005A', label: 'Riley Novak' }],
    playbooks: [{ value: 'b1', label: 'Enterprise' }],
    templates: [{ value: 'p1', label: 'Our way' }],
    ...facts
});
export const someAutoRules = (...rules) => ({ rules, changed_at: null, changed_by: null });

/** An org in which everything is well. */
export function allIsWell() {
    answer('GET /api/v1/connection', aConnection());
    answer('GET /api/v1/connection/notices', { notices: [] });
    answer('GET /api/v1/deliveries', { counts: {}, oldest: null, pauses: [], causes: [] });
    answer('GET /api/v1/cost/overview', anOverview());
    answer('GET /api/v1/deliveries/forecast', { calls: null });
    answer(`GET ${PANEL}`, aPanelSetup(), '"0"');
    answer(`GET ${FIELD_SYNC}`, aFieldSync(), '"0"');
    answer('GET /api/v1/field-sync/runs', { runs: [] });
    answer(`GET ${TWO_WAY}`, aTwoWay(), '"0"');
    answer(`GET ${TWO_WAY}/problems`, { problems: [], next_after: null });
    answer(`GET ${VARIABLES}`, someVariables(), '"0"');
    answer(`GET ${CONTACTS}`, someContacts(), '"0"');
    answer(`GET ${AUTO_CREATE}`, someAutoRules(), '"0"');
    answer(`GET ${AUTO_CREATE}/choices`, autoChoices());
    answer(`GET ${AUTO_CREATE}/waiting`, { deals: [], next_after: null });
    answer('GET /api/v1/settings/call-budget', { own_share: 100, kept_for_people: 10, backfill_stops_at: 75, is_default: true }, '"0"');
    answer(`GET ${CRITERIA}`, someCriteria(), '"0"');
    answer(`GET ${SCORE}`, someWeights(), '"0"');
    answer('GET /api/v1/settings/deal-lock', { allow_modifying: true, is_default: true }, '"0"');
    answer(`GET ${ACTIVITY}`, anActivitySetup(), '"0"');
    answer(`GET ${SAFETY}`, someBrakes());
    answer('GET /api/v1/messages?unseen=true&limit=51', { messages: [] });
}
