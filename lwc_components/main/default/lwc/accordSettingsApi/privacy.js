// What the pages of privacy, support and cost ask of Accord.
import { exchange, fetchFile } from 'c/accordSettingsSource';

const answerOf = async (asked) => (await asked).answer;

/** {fields: [{object, field, why, copies}], places: [{place, title, what, kept, seen_by}], region} */
export const whatLeaves = () => answerOf(exchange('GET', '/api/v1/what-leaves'));

/** `subject` is {salesforce_id} or {email}. What would be deleted: {is_person, name, count, places: [{place, title, count}]}. */
export const previewForget = (subject) => answerOf(exchange('POST', '/api/v1/forget/preview', subject));
/** `confirm` is the same typed once more. {deleted, left, places}: it is done, and cannot be undone. */
export const forgetForGood = (subject, confirm) => answerOf(exchange('POST', '/api/v1/forget', { ...subject, confirm }));

/** The bytes of a zip. */
export const supportBundle = () => fetchFile('/api/v1/support-bundle');

/** {features: [{feature, is_on, measured_days, records_a_day, …}], total, looking_calls_a_day, room}. One call of the org. */
export const costOverview = () => answerOf(exchange('GET', '/api/v1/cost/overview'));
