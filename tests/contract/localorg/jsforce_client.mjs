// jsforce as it comes from its package, against a running org. Prints what it saw as JSON; a refusal ends it with 1.
//   node jsforce_client.mjs <instance url> <access token>

import { createRequire } from 'node:module';

const jsforce = createRequire(import.meta.url)('jsforce');
const [instanceUrl, accessToken] = process.argv.slice(2);
const connection = new jsforce.Connection({ instanceUrl, accessToken, version: '62.0' });
const seen = {};

const found = await connection.query('SELECT Id, Name, Amount, Account.Name FROM Opportunity WHERE Amount > 100000 ORDER BY Amount DESC');
seen.query = { total: found.totalSize, done: found.done, first: found.records[0].Name, account: found.records[0].Account.Name };

const task = await connection.sobject('Task').create({ Subject: 'By jsforce', WhatId: found.records[0].Id, Status: 'Not Started', Priority: 'Normal' });
seen.created = task.success;

const updated = await connection.sobject('Task').update({ Id: task.id, Status: 'Completed' });
seen.updated = updated.success;

const key = { Accord_Id__c: 'jsforce-1', Subject: 'Upserted by jsforce', Status: 'Not Started', Priority: 'Normal' };
const first = await connection.sobject('Task').upsert({ ...key }, 'Accord_Id__c');
const second = await connection.sobject('Task').upsert({ ...key }, 'Accord_Id__c');
seen.upserted = { first: first.success, created: first.created, again: second.created ?? false };

const several = await connection.sobject('Task').create([
  { Subject: 'One of two', Status: 'Not Started', Priority: 'Normal' },
  { Subject: 'x'.repeat(300), Status: 'Not Started', Priority: 'Normal' },
]);
seen.several = several.map((one) => one.success);
seen.refusal = several[1].errors[0].statusCode;

const many = await connection.sobject('Task').retrieve([task.id, first.id ?? several[0].id]);
seen.retrieved = many.map((one) => one.Subject);

const single = await connection.sobject('Task').retrieve(task.id);
seen.status = single.Status;

const described = await connection.sobject('Opportunity').describe();
seen.described = described.fields.some((field) => field.name === 'StageName' && field.type === 'picklist');

const global = await connection.describeGlobal();
seen.objects = global.sobjects.some((one) => one.name === 'Task');

const removed = await connection.sobject('Task').delete([task.id, several[0].id]);
seen.removed = removed.map((one) => one.success);

const identity = await connection.identity();
seen.identity = { username: identity.username, organization: identity.organization_id };

seen.limits = typeof (await connection.limits()).DailyApiRequests?.Max;
seen.usage = connection.limitInfo?.apiUsage?.limit;

try {
  await connection.query('SELECT Nothing__c FROM Opportunity');
} catch (error) {
  seen.queryRefusal = error.errorCode;
}

console.log(JSON.stringify(seen));
