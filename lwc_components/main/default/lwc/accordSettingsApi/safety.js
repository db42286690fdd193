// What the pages of safety and privacy ask of Accord.
import { exchange, fetchFile } from 'c/accordSettingsSource';

const answerOf = async (asked) => (await asked).answer;
const get = (path) => answerOf(exchange('GET', path));
const post = (path, body) => answerOf(exchange('POST', path, body ?? {}));

/** What keeps Accord from writing, and what waits. Each change answers with how it stands then. */
export const brakes = () => get('/api/v1/safety');
export const stopWriting = () => post('/api/v1/safety/stop');
export const startWriting = () => post('/api/v1/safety/start');
export const observeOrg = () => post('/api/v1/safety/observe');
export const endObserving = (name) => post('/api/v1/safety/observe/end', { org_name: name });
/** `until` is a time of day such as 06:00. */
export const keepQuiet = (until, zone) => post('/api/v1/safety/quiet', { until, time_zone: zone });
export const endQuiet = () => answerOf(exchange('DELETE', '/api/v1/safety/quiet'));

const query = (values) => {
    const given = Object.entries(values).filter(([, value]) => value);
    return given.length ? `?${given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}` : '';
};

/** Lines of the audit, newest first: {lines, next_before}. `wanted` is {kind, subject, member_id, before}. */
export const auditLines = (wanted) => get(`/api/v1/audit${query(wanted)}`);
export const auditKinds = async () => (await get('/api/v1/audit/kinds')).kinds;
/** The same as the bytes of a CSV file. */
export const auditFile = (wanted) => fetchFile(`/api/v1/audit.csv${query(wanted)}`);
export const putBack = async (id) => (await post(`/api/v1/audit/${id}/put-back`)).line;

/** Writes to the org, newest first: {lines, next_before, has_login}. `wanted` is {record, before}. */
export const writeLines = (wanted) => get(`/api/v1/writes${query(wanted)}`);
export const writesFile = (wanted) => fetchFile(`/api/v1/writes.csv${query(wanted)}`);

/** The settings of this org as a file, what one would change here, and taking it over: all of it or nothing. */
export const settingsFile = () => get('/api/v1/settings-file');
export const checkSettingsFile = (file) => post('/api/v1/settings-file/check', { file });
export const applySettingsFile = async (file, ticket) => (await post('/api/v1/settings-file/apply', { file, ticket })).applied;

/** Messages to admins, newest first; `wanted` is {unseen, before, limit}. */
export const messages = async (wanted) => (await get(`/api/v1/messages${query(wanted)}`)).messages;
export const seeMessage = (id) => post(`/api/v1/messages/${id}/seen`);
export const findMessage = (id) => get(`/api/v1/messages/${id}`);
/** A message to everybody who is told, by every way that is on; what becomes of it is told by `findMessage`. */
export const sendTestMessage = () => post('/api/v1/messages/test');
export const messageSettings = {
    load: () => exchange('GET', '/api/v1/settings/messages'),
    save: (settings, version) => exchange('PUT', '/api/v1/settings/messages', settings, version)
};

/** Public groups and permission sets of the org: [{id, name}]. */
export const messageGroups = async () => (await get('/api/v1/settings/messages/groups')).groups;

/** Who may what; what giving a permission set to people would do, and doing just that. */
export const accessList = () => get('/api/v1/access');
export const previewAccess = (ids, set) => post('/api/v1/access/preview', { user_ids: ids, permission_set: set });
export const assignAccess = async (ids, set, ticket) =>
    (await post('/api/v1/access/assign', { user_ids: ids, permission_set: set, ticket })).results;
