// Posts to one address over connections that stay open, and prints how that went as JSON.
//   node load.mjs '{"url", "token", "connections", "seconds", "rate"?, "item", "items"}'
// Each body is {"items": [...]}: `items` copies of `item`, each of a record and with a key of its own. With `rate` (requests
// a second) the requests begin by the clock, and a delay of the server counts in all that wait behind it.

import { Agent, request } from 'node:http';

const told = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: told.connections });
const took = [];
const statuses = {};
let refused = 0;
let made = 0;

function body() {
    const items = Array.from({ length: told.items }, () => {
        made += 1;
        // an id without capitals ends with AAA
        const recordId = `006${String(made).padStart(12, '0')}AAA`;
        return { ...told.item, recordId, idempotencyKey: `${process.pid}-${made}` };
    });
    return JSON.stringify({ items });
}

function post(began) {
    const text = body();
    const headers = { 'Content-Type': 'application/json', 'Content-Length': text.length };
    const options = { method: 'POST', agent, headers: { ...headers, Authorization: `Bearer ${told.token}` } };
    return new Promise((resolve, reject) => {
        const call = request(told.url, options, (answer) => {
            const chunks = [];
            answer.on('data', (chunk) => chunks.push(chunk));
            answer.on('end', () => {
                took.push(performance.now() - began);
                statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
                const results = answer.statusCode === 200 ? JSON.parse(Buffer.concat(chunks)).items : [];
                refused += results.filter((one) => one.isSuccess === false).length;
                resolve();
            });
        });
        call.on('error', reject);
        call.end(text);
    });
}

async function oneAfterTheOther(until) {
    while (performance.now() < until) {
        await post(performance.now());
    }
}

async function byTheClock(from, until) {
    const waiting = [];
    for (let place = 0; from + (place * 1000) / told.rate < until; place += 1) {
        const due = from + (place * 1000) / told.rate;
        const wait = due - performance.now();
        if (wait > 0) {
            await new Promise((resolve) => setTimeout(resolve, wait));
        }
        waiting.push(post(due));
    }
    await Promise.all(waiting);
}

await post(performance.now());
took.length = 0;
const from = performance.now();
const until = from + told.seconds * 1000;
await (told.rate ? byTheClock(from, until) : Promise.all(Array.from({ length: told.connections }, () => oneAfterTheOther(until))));
const seconds = (performance.now() - from) / 1000;
agent.destroy();
took.sort((one, other) => one - other);
const at = (share) => Math.round((took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0) * 10) / 10;
console.log(JSON.stringify({ requests: took.length, seconds, p50_ms: at(0.5), p99_ms: at(0.99), statuses, refused }));
