// One -meta.xml file against the types of the Metadata API. Salesforce's own converter accepts unknown elements and broken XML.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { fieldsOf } from './metadata_types.mjs';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const FREE = new Set(['any']); // checked by nobody: its form depends on another element
const OPAQUE = new Set(['targetConfigs']); // declared as text, holds elements of its own

const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: true,
    ignoreDeclaration: true
});

const nameOf = (node) => Object.keys(node).find((key) => key !== ':@');
const childrenOf = (node) => node[nameOf(node)].filter((child) => nameOf(child) !== '#text' && nameOf(child) !== '#comment');
const textOf = (node) => node[nameOf(node)].map((child) => child['#text'] ?? '').join('');

/** Findings about the text of an element of a simple type. */
function checkText(text, type, enums, where) {
    if (type === 'boolean') return /^(true|false)$/.test(text) ? [] : [`${where}: "${text}" is neither true nor false`];
    if (type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? [] : [`${where}: "${text}" is not a number`];
    const allowed = enums.get(type);
    return !allowed || allowed.has(text) ? [] : [`${where}: "${text}" is not a ${type}`];
}

function checkElement(node, typeName, model, where) {
    const fields = fieldsOf(model, typeName);
    const counts = new Map();
    const findings = [];
    for (const child of childrenOf(node)) {
        const name = nameOf(child);
        const path = `${where}/${name}`;
        const field = fields.get(name);
        counts.set(name, (counts.get(name) ?? 0) + 1);
        if (!field) findings.push(`${path}: ${typeName} has no such element`);
        else if (!field.isList && counts.get(name) === 2) findings.push(`${path}: is there twice`);
        else if (FREE.has(field.type) || OPAQUE.has(name)) continue;
        else if (model.types.has(field.type)) findings.push(...checkElement(child, field.type, model, path));
        else if (childrenOf(child).length) findings.push(`${path}: text was expected`);
        else findings.push(...checkText(textOf(child), field.type, model.enums, path));
    }
    for (const [name, field] of fields) {
        if (!field.isOptional && !field.isList && !counts.has(name)) findings.push(`${where}: the required element ${name} is missing`);
    }
    return findings;
}

/** What is wrong with the text of a -meta.xml file, as sentences; none when all is well. */
export function checkMetadataFile(text, model) {
    const valid = XMLValidator.validate(text);
    if (valid !== true) return [`is not well formed: ${valid.err.msg} (line ${valid.err.line})`];
    const [root] = parser.parse(text).filter((node) => nameOf(node) !== '#comment');
    const name = nameOf(root);
    if (root[':@']?.['@_xmlns'] !== NAMESPACE || !model.types.has(name)) return [`<${name}> is no metadata type`];
    return checkElement(root, name, model, name);
}
