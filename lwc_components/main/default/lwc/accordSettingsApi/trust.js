// What the page of the connection asks of Accord: dates, certificates, applications, decisions.
import { exchange } from 'c/accordSettingsSource';
import { askSealed } from './sealed';

const answerOf = async (asked) => (await asked).answer;
const get = (path) => answerOf(exchange('GET', path));
const post = (path, body) => answerOf(exchange('POST', path, body));
const end = (path) => answerOf(exchange('DELETE', path));

export const connectionSettings = {
    load: () => exchange('GET', '/api/v1/settings/connection'),
    save: (settings, version) => exchange('PUT', '/api/v1/settings/connection', settings, version)
};
export const retireCertificate = (fingerprint) => end(`/api/v1/connection/certificates/${fingerprint}`);
/** {address, secret, expires_at}: a one-time code, which this page alone reads. */
export const makeConnectLink = () => askSealed((key) => post('/api/v1/connection/links', { public_key: key }));
export const clients = async () => (await get('/api/v1/connection/clients')).clients;
/** {client_id, role, secret}: the secret is read by this page alone. */
export const makeClient = (role) => askSealed((key) => post('/api/v1/connection/clients', { role, public_key: key }));
export const endClient = (id) => end(`/api/v1/connection/clients/${id}`);
/** What was decided about trust in the org, newest first. */
export const trustEvents = async () => (await get('/api/v1/connection/events')).events;
