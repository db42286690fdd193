// The types of the Metadata API, read from the declarations that @salesforce/types generates from its WSDL.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const DECLARATIONS = createRequire(import.meta.url)
    .resolve('@salesforce/types/metadata')
    .replace(/\.js$/, '.d.ts');

/** {types: name -> {base, fields: name -> {type, isList, isOptional}}, enums: name -> Set of values} */
export function loadTypes(file = DECLARATIONS) {
    const types = new Map();
    const enums = new Map();
    let current = null;
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
        const enumeration = line.match(/^export type (\w+) = ('.*');$/);
        const opening = line.match(/^export type (\w+) = (?:(\w+) & )?\{$/);
        const field = current && line.match(/^ {4}(\w+)(\?)?: (.+);$/);
        if (enumeration) enums.set(enumeration[1], new Set([...enumeration[2].matchAll(/'([^']*)'/g)].map((match) => match[1])));
        else if (opening) types.set(opening[1], (current = { base: opening[2] ?? null, fields: new Map() }));
        else if (field) {
            const isList = field[3].endsWith('[]');
            current.fields.set(field[1], {
                type: field[3].replace(/\[\]$/, '').replace(/^\((.*)\)$/, '$1'),
                isList,
                isOptional: Boolean(field[2])
            });
        } else if (line === '};') current = null;
    }
    if (types.size < 1000) throw new Error(`only ${types.size} metadata types found in ${file}: its layout has changed`);
    return { types, enums };
}

/** All fields of a type, those of its base included. */
export function fieldsOf({ types }, name) {
    const { base, fields } = types.get(name);
    return new Map([...(base ? fieldsOf({ types }, base) : []), ...fields]);
}
