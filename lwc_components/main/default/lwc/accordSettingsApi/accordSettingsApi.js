// Everything that the settings tab asks of Accord, by name. Settings are read and saved with their version; each call may throw an error
// of the API's shape.
import { exchange } from 'c/accordSettingsSource';

const answerOf = async (asked) => (await asked).answer;
const get = (path) => answerOf(exchange('GET', path));
const post = (path, body) => answerOf(exchange('POST', path, body));
const query = (values) => {
    const given = Object.entries(values).filter(([, value]) => value);
    return given.length ? `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}` : '';
};

/** Settings that are changed as a whole: load() and save(settings, version) answer {answer, version}. */
const settingsAt = (path) => ({
    load: () => exchange('GET', path),
    save: (settings, version) => exchange('PUT', path, settings, version)
});

export const panelSettings = settingsAt('/api/v1/settings/panel');
export const activitySettings = settingsAt('/api/v1/settings/activity');
export const fieldSyncSettings = settingsAt('/api/v1/settings/field-sync');

/** The fields of an object for a picker; `over` is the way to a related record (`Owner`). */
export const panelFields = async (sobject, over) => (await get(`/api/v1/settings/panel/fields${query({ sobject, over })}`)).fields;
export const variableSettings = settingsAt('/api/v1/settings/variables');
/** The fields of an object that can be variables, each with `writable`. */
export const variableFields = async (sobject) => (await get(`/api/v1/settings/variables/fields${query({ sobject })}`)).fields;
export const panelRuleChoices = () => get('/api/v1/settings/panel/rule-choices');
export const previewTask = (sample) => post('/api/v1/settings/activity/preview', sample);

/** Data of a plan in sections, the execution criteria behind the others. */
export const fieldSyncData = async () => (await get('/api/v1/settings/field-sync/data')).sections;
/** The fields of the deal, or of the record behind `path`, and why some cannot take the datum. */
export const fieldSyncFields = async (path, datum) => (await get(`/api/v1/settings/field-sync/fields${query({ path, datum })}`)).fields;
/** What rows would write and cost; `rows` null are the saved ones. Nothing is written. */
export const dryRunFieldSync = (asked) => post('/api/v1/settings/field-sync/dry-run', asked);
/** Back-fills, and their undoing. */
export const fieldSyncRuns = {
    list: async () => (await get('/api/v1/field-sync/runs')).runs,
    /** `rowIds` null: all rows. */
    start: (rowIds = null) => post('/api/v1/field-sync/runs', { row_ids: rowIds }),
    stop: (id) => post(`/api/v1/field-sync/runs/${id}/stop`),
    resume: (id) => post(`/api/v1/field-sync/runs/${id}/resume`),
    undoCost: (id) => get(`/api/v1/field-sync/runs/${id}/undo`),
    undo: (id) => post(`/api/v1/field-sync/runs/${id}/undo`, {}),
    kept: (id, after) => get(`/api/v1/field-sync/runs/${id}/kept${query({ after })}`)
};
/** Deals with this text in their names that have a plan, as far as Salesforce shows them to the admin himself. */
export const dealsWithPlans = async (q) => (await get(`/api/v1/deals${query({ q })}`)).deals.filter(({ has_plan: has }) => has);
/** The id of a deal's plan; undefined when it has none any more. */
export const planOfDeal = async (id) => (await get(`/api/v1/plans${query({ opportunity_id: id, limit: 1 })}`)).plans[0]?.id;
/** {enabled, fields, waits}: why each synced field of a plan has its value. */
export const whyOfPlan = (id) => get(`/api/v1/field-sync/plans/${id}`);
/** A row that is bad or paused is looked at again; answers with the settings and their version. */
export const resumeFieldSyncRow = (id) => exchange('POST', `/api/v1/settings/field-sync/rows/${id}/resume`);

export const twoWaySettings = settingsAt('/api/v1/settings/two-way');
/** {problems, next_after}: deals whose two sides are not equal, a page of them. */
export const twoWayProblems = (after) => get(`/api/v1/settings/two-way/problems${query({ after })}`);
export const thawTwoWay = (planId, linked) => post('/api/v1/settings/two-way/thaw', { plan_id: planId, linked });

export const contactSettings = settingsAt('/api/v1/settings/contacts');
/** What Salesforce offers as lead source of a Contact: [{value, label}]. */
export const leadSources = async () => (await get('/api/v1/settings/contacts/lead-sources')).lead_sources;
/** {contacts, next_after}: contacts of deals that are no members, a page of them. */
export const contactsLeftOut = (after) => get(`/api/v1/settings/contacts/left-out${query({ after })}`);
export const lookAgainAtContacts = (planId) => post('/api/v1/settings/contacts/look-again', { plan_id: planId });
export const autoCreateSettings = settingsAt('/api/v1/settings/auto-create');
/** {stages, types, currencies, people, playbooks, templates}: what a rule may name. */
export const autoCreateChoices = () => get('/api/v1/settings/auto-create/choices');
/** Which deals {rule, above, after} would give a plan now: a page of them. Nothing is made. */
export const tryAutoCreate = (asked) => post('/api/v1/settings/auto-create/dry-run', asked);
/** {deals, next_after}: deals that wait for their point person, a page of them. */
export const autoCreateWaiting = (after) => get(`/api/v1/settings/auto-create/waiting${query({ after })}`);
/** What new plans may begin with: there are a hundred at most. */
export const playbooks = async () => (await get('/api/v1/playbooks?limit=100')).playbooks;
export const changePlaybook = ({ id, version }, changes) => answerOf(exchange('PATCH', `/api/v1/playbooks/${id}`, changes, `"${version}"`));
export const deletePlaybook = ({ id, version }) => exchange('DELETE', `/api/v1/playbooks/${id}`, null, `"${version}"`);
export const callBudget = settingsAt('/api/v1/settings/call-budget');
/** The list of criteria; what is left out of it is deleted from every plan. */
export const criteriaSettings = settingsAt('/api/v1/settings/criteria');
export const scoreSettings = settingsAt('/api/v1/settings/score');
export const dealLock = settingsAt('/api/v1/settings/deal-lock');

export const connection = () => get('/api/v1/connection');
export const notices = async () => (await get('/api/v1/connection/notices')).notices;
export const doctor = () => get('/api/v1/connection/doctor');

export const deliveries = () => get('/api/v1/deliveries');
export const forecast = async () => (await get('/api/v1/deliveries/forecast')).calls;
export const retryDeliveries = async (cause) => (await post('/api/v1/deliveries/retry', cause)).retried;

export const flowCalls = async ({ reference, record }) => (await get(`/api/v1/flow-calls${query({ reference, record })}`)).calls;
export const dryRunFlowCall = async (id) => (await post(`/api/v1/flow-calls/${id}/dry-run`)).answer;

export { brakes, endObserving, endQuiet, keepQuiet, observeOrg, startWriting, stopWriting } from './safety';
export { applySettingsFile, auditFile, auditKinds, auditLines, checkSettingsFile, putBack, settingsFile } from './safety';
export { writeLines, writesFile } from './safety';
export {
    accessList,
    assignAccess,
    findMessage,
    messageGroups,
    messageSettings,
    messages,
    previewAccess,
    seeMessage,
    sendTestMessage
} from './safety';
export { costOverview, forgetForGood, previewForget, supportBundle, whatLeaves } from './privacy';
export { clients, connectionSettings, endClient, makeClient, makeConnectLink, retireCertificate, trustEvents } from './trust';
export { disconnectOrg, partsInUse, uninstallStanding, valuePage, valueSheets } from './uninstall';
