// What the pages of safety and privacy ask of Accord.
import { exchange } from 'c/accordSettingsSource';

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
