// Mistakes in permission sets that only a deploy would tell: each rule names what an org answers.
const block = (text, tag) => [...text.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map((match) => match[1]);
const value = (text, tag) => block(text, tag)[0];

// Salesforce: "You cannot deploy to a required field"
const REQUIRED = new Set(['Opportunity.Name', 'Opportunity.StageName', 'Opportunity.CloseDate', 'Account.Name', 'Contact.LastName']);
const NEEDS_ACCOUNT = ['Opportunity', 'Contact'];

/** @param text a .permissionset-meta.xml  @param known {fields, classes, permissions, principals}: sets of names of the package */
export function checkPermissionSet(text, known) {
    const fields = block(text, 'fieldPermissions').map((entry) => ({ name: value(entry, 'field'), editable: value(entry, 'editable') }));
    const editableOf = Object.fromEntries(fields.map((field) => [field.name, field.editable]));
    const objects = Object.fromEntries(block(text, 'objectPermissions').map((entry) => [value(entry, 'object'), entry]));
    const users = new Set(block(text, 'userPermissions').map((entry) => value(entry, 'name')));
    const findings = [];

    for (const { name } of fields) {
        if (REQUIRED.has(name)) findings.push(`${name} is a required field: no field permission can be deployed for it`);
        if (name.endsWith('__c') && !known.fields.has(name)) findings.push(`${name} is not a field of the package`);
        // Salesforce: a field of Activity whose other half is left out is switched off for that half
        const other = name.startsWith('Task.') ? name.replace('Task.', 'Event.') : name.replace('Event.', 'Task.');
        if (editableOf[other] !== editableOf[name]) findings.push(`${name} stands without an equal ${other}`);
    }
    if (fields.some((field) => field.name.startsWith('Task.') && field.editable === 'true')) {
        for (const right of ['EditTask', 'ActivitiesAccess']) {
            if (!users.has(right)) findings.push(`writing Tasks needs the user permission ${right}`);
        }
    }
    for (const name of NEEDS_ACCOUNT.filter((object) => objects[object])) {
        for (const right of ['allowRead', 'viewAllRecords']) {
            const lacks = value(objects[name], right) === 'true' && value(objects.Account ?? '', right) !== 'true';
            if (lacks) findings.push(`${right} of ${name} depends on ${right} of Account`);
        }
    }
    for (const [tag, element, names] of [
        ['classAccesses', 'apexClass', known.classes],
        ['customPermissions', 'name', known.permissions],
        ['externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', known.principals]
    ]) {
        for (const name of block(text, tag).map((entry) => value(entry, element))) {
            if (!names.has(name)) findings.push(`${name} (${tag}) is not in the package`);
        }
    }
    return findings;
}

/** What the package's own files define, for the check above. @param files [{path, text}] */
export function namesOf(files) {
    const names = { fields: new Set(), classes: new Set(), permissions: new Set(), principals: new Set() };
    for (const { path, text } of files) {
        const [, object, field] = path.match(/objects\/(\w+)\/fields\/(\w+)\.field-meta\.xml$/) ?? [];
        for (const owner of object === 'Activity' ? ['Task', 'Event'] : [object]) names.fields.add(`${owner}.${field}`);
        names.classes.add(path.match(/classes\/(\w+)\.cls-meta\.xml$/)?.[1]);
        names.permissions.add(path.match(/customPermissions\/(\w+)\.customPermission-meta\.xml$/)?.[1]);
        const credential = path.match(/externalCredentials\/(\w+)\.externalCredential-meta\.xml$/)?.[1];
        for (const entry of credential ? block(text, 'externalCredentialParameters') : []) {
            if (value(entry, 'parameterType') === 'NamedPrincipal') names.principals.add(`${credential}-${value(entry, 'parameterName')}`);
        }
    }
    return names;
}
