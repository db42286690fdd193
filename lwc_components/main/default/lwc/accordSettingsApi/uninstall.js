// What the page that disconnects the org asks of Accord.
import { exchange } from 'c/accordSettingsSource';

const answerOf = async (asked) => (await asked).answer;

/** {org_name, unwritten, waiting, parked, backfills, logins, plans, copies: [{place, title, count}]}: what it would do. */
export const uninstallStanding = () => answerOf(exchange('GET', '/api/v1/uninstall'));
/** {users: [{kind, name, id, parts}], parts, is_cut_off, calls, address}. About eight calls of the org. */
export const partsInUse = () => answerOf(exchange('GET', '/api/v1/uninstall/uses'));
/** [{sobject, fields, hidden, records, calls}]: what would be exported. One call of the org. */
export const valueSheets = async () => (await answerOf(exchange('GET', '/api/v1/uninstall/values'))).sheets;
/** {csv, count, next_after}: up to 2,000 records of an object. One call of the org. */
export const valuePage = (sobject, after) =>
    answerOf(exchange('GET', `/api/v1/uninstall/values/page?sobject=${encodeURIComponent(sobject)}${after ? `&after=${after}` : ''}`));
/** The receipt: it is done, and cannot be undone. Nothing that is asked afterwards is answered. */
export const disconnectOrg = (name, deletesPlans) =>
    answerOf(exchange('POST', '/api/v1/uninstall', { org_name: name, delete_plans: deletesPlans }));
