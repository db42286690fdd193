// npm run test:scripts: each check of the Salesforce package finds a mistake that is planted for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkMetadataFile } from './metadata_file.mjs';
import { loadTypes } from './metadata_types.mjs';
import { checkPermissionSet, namesOf } from './permission_sets.mjs';

const model = loadTypes();
const field = (inner) =>
    `<?xml version="1.0"?><CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>X__c</fullName>${inner}</CustomField>`;

test('a sound file has no findings', () => {
    assert.deepEqual(checkMetadataFile(field('<label>X</label><required>false</required><type>Text</type>'), model), []);
});

for (const [mistake, text, expected] of [
    ['broken XML', field('<label>X'), /not well formed/],
    ['an unknown element', field('<lable>X</lable>'), /CustomField has no such element/],
    ['a wrong boolean', field('<required>yes</required>'), /neither true nor false/],
    ['a wrong number', field('<length>long</length>'), /not a number/],
    ['a wrong enumeration', field('<type>String</type>'), /is not a FieldType/],
    ['an element twice', field('<label>X</label><label>Y</label>'), /is there twice/],
    ['an unknown root', '<Feld xmlns="http://soap.sforce.com/2006/04/metadata"/>', /is no metadata type/],
    [
        'a missing element',
        '<NamedCredential xmlns="http://soap.sforce.com/2006/04/metadata"></NamedCredential>',
        /required element label is missing/
    ]
]) {
    test(`${mistake} is found`, () => assert.match(checkMetadataFile(text, model).join('\n'), expected));
}

const known = namesOf([
    { path: 'objects/Activity/fields/Accord_Id__c.field-meta.xml', text: '' },
    { path: 'objects/Opportunity/fields/Progress__c.field-meta.xml', text: '' }
]);
const fieldPermission = (name, editable = true) =>
    `<fieldPermissions><editable>${editable}</editable><field>${name}</field></fieldPermissions>`;
const objectPermission = (name, viewAll) =>
    `<objectPermissions><allowRead>true</allowRead><object>${name}</object><viewAllRecords>${viewAll}</viewAllRecords></objectPermissions>`;
const right = (name) => `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`;
const pair = fieldPermission('Task.Accord_Id__c') + fieldPermission('Event.Accord_Id__c');

test('a sound permission set has no findings', () => {
    assert.deepEqual(
        checkPermissionSet(pair + right('EditTask') + right('ActivitiesAccess') + fieldPermission('Opportunity.Progress__c'), known),
        []
    );
});

for (const [mistake, text, expected] of [
    ['half of an activity field', fieldPermission('Task.Accord_Id__c', false), /stands without an equal Event\.Accord_Id__c/],
    ['a required field', fieldPermission('Opportunity.StageName'), /is a required field/],
    ['a field that is not there', fieldPermission('Opportunity.Gone__c'), /is not a field of the package/],
    ['Tasks without the right to write them', pair, /needs the user permission EditTask/],
    ['an Opportunity without its Account', objectPermission('Opportunity', false), /allowRead of Opportunity depends on/],
    [
        'all Opportunities without all Accounts',
        objectPermission('Account', false) + objectPermission('Opportunity', true),
        /viewAllRecords of Opportunity depends on/
    ],
    [
        'a class that is not there',
        '<classAccesses><apexClass>Gone</apexClass></classAccesses>',
        /Gone \(classAccesses\) is not in the package/
    ]
]) {
    test(`a permission set with ${mistake} is refused`, () => assert.match(checkPermissionSet(text, known).join('\n'), expected));
}
