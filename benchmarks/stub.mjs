// An org that answers at once and right, behind TLS: what a benchmark measures is then the caller alone.
//   node stub.mjs KEY CERTIFICATE ORG_ID USER_ID       prints its port
// A call takes `lat` milliseconds and `per` more for each record. It is set up by POST /_stub with any of {lat, per,
// answers}, which also begins its counts anew; GET /_stub tells them. `answers` are kept answers by "METHOD path\nbody".

import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { setDefaultHighWaterMark } from 'node:stream';

const [keyFile, certificateFile, orgId, userId] = process.argv.slice(2);
const set = { lat: 0, per: 0, answers: {} };
let counts;
let inFlight = 0;
const ids = new Map();

function beginCounts() {
    counts = { calls: 0, writes: 0, records: 0, logins: 0, connections: 0, most_in_flight: 0 };
}

function idOf(key) {
    const known = ids.get(key);
    if (known) {
        return [known, false];
    }
    // twelve digits and no capitals but the prefix's T: the last three characters are always EAA
    const made = `00T${String(ids.size + 1).padStart(12, '0')}EAA`;
    ids.set(key, made);
    return [made, true];
}

function save(path, body) {
    const [, , externalIdField] = path.split('/composite/')[1].split('/');
    counts.writes += 1;
    counts.records += body.records.length;
    return body.records.map((record) => {
        const [id, created] = externalIdField ? idOf(record[externalIdField]) : [record.id ?? record.Id, false];
        return { id, success: true, errors: [], created };
    });
}

function answer(method, path, text) {
    const kept = set.answers[`${method} ${path}\n${text}`];
    if (kept) {
        return [kept.status, kept.body];
    }
    const bare = path.split('?')[0];
    if (bare === '/services/data/') {
        return [200, [{ version: '67.0' }]];
    }
    if (bare.includes('/composite/sobjects')) {
        return [200, save(bare, JSON.parse(text))];
    }
    if (method === 'PATCH' && bare.includes('/sobjects/')) {
        counts.writes += 1;
        counts.records += 1;
        return [204, null];
    }
    if (bare.endsWith('/query') || bare.endsWith('/query/')) {
        return [200, { totalSize: 0, done: true, records: [] }];
    }
    console.error(`the stub does not know ${method} ${path} ${text}`);
    return [501, [{ errorCode: 'NOT_IN_THE_STUB', message: `${method} ${bare}` }]];
}

function logIn(request) {
    counts.logins += 1;
    const base = `https://${request.headers.host}`;
    const login = { access_token: `${orgId.slice(0, 15)}!stub`, instance_url: base, token_type: 'Bearer', scope: 'api' };
    return [200, { ...login, id: `${base}/id/${orgId}/${userId}` }];
}

function control(method, text) {
    if (method === 'POST') {
        Object.assign(set, JSON.parse(text));
        beginCounts();
    }
    return [200, counts];
}

function reply(response, [status, body]) {
    const text = body === null ? '' : JSON.stringify(body);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
    response.writeHead(status, { ...headers, 'Sforce-Limit-Info': 'api-usage=1/15000000' });
    response.end(text);
}

function serve(request, response, text) {
    if (request.url === '/_stub') {
        return reply(response, control(request.method, text));
    }
    if (request.url.startsWith('/services/oauth2/token')) {
        return reply(response, logIn(request));
    }
    counts.calls += 1;
    inFlight += 1;
    counts.most_in_flight = Math.max(counts.most_in_flight, inFlight);
    const before = counts.records;
    const told = answer(request.method, request.url, text);
    const takes = set.lat + set.per * (counts.records - before);
    const done = () => {
        inFlight -= 1;
        reply(response, told);
    };
    return takes ? setTimeout(done, takes) : done();
}

// Node stops reading a connection whose answer is longer than this until it is sent, and then may take the next request,
// which comes at once, for an error (HPE_PAUSED)
setDefaultHighWaterMark(false, 1 << 20);
beginCounts();
const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) }, (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => serve(request, response, Buffer.concat(chunks).toString()));
});
server.keepAliveTimeout = 60_000;
server.on('secureConnection', () => {
    counts.connections += 1;
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
