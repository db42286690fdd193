// Updates Tasks with jsforce as it comes from its package; prints how many seconds it took.
//   node jsforce_writes.mjs <instance url> <number> loop|array

import { createRequire } from 'node:module';

const jsforce = createRequire(import.meta.url)('jsforce');
const [instanceUrl, number, way] = process.argv.slice(2);
const connection = new jsforce.Connection({ instanceUrl, accessToken: '00D!stub', version: '62.0' });
const tasks = Array.from({ length: Number(number) }, (_, place) => ({
    Id: `00T${String(place + 1).padStart(12, '0')}EAA`,
    Subject: 'changed by jsforce',
    Priority: 'Normal'
}));

// the first call opens the connection
await connection.sobject('Task').update(tasks[0]);
const began = performance.now();
if (way === 'loop') {
    for (const task of tasks) {
        await connection.sobject('Task').update(task);
    }
} else {
    await connection.sobject('Task').update(tasks, { allowRecursive: true });
}
console.log((performance.now() - began) / 1000);
