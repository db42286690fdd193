// npm run check:metadata: every file of the package directories belongs to a component, converts, and says what its type allows.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { checkMetadataFile } from './metadata_file.mjs';
import { loadTypes } from './metadata_types.mjs';
import { checkPermissionSet, namesOf } from './permission_sets.mjs';

process.env.SF_DISABLE_TELEMETRY = 'true';
process.env.SF_DISABLE_LOG_FILE = 'true';
const { ComponentSet, MetadataConverter } = createRequire(import.meta.url)('@salesforce/source-deploy-retrieve');

const root = path.resolve(import.meta.dirname, '../..');
const directories = JSON.parse(fs.readFileSync(path.join(root, 'sfdx-project.json'), 'utf8')).packageDirectories.map((directory) =>
    path.join(root, directory.path)
);
const files = directories
    .flatMap((directory) => fs.readdirSync(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__tests__'))
    .map((entry) => path.join(entry.parentPath, entry.name));
const metadata = files.filter((file) => file.endsWith('-meta.xml')).map((file) => ({ path: file, text: fs.readFileSync(file, 'utf8') }));

const findings = [];
const model = loadTypes();
const known = namesOf(metadata);
for (const { path: file, text } of metadata) {
    const found = checkMetadataFile(text, model);
    if (file.endsWith('.permissionset-meta.xml')) found.push(...checkPermissionSet(text, known));
    findings.push(...found.map((finding) => `${path.relative(root, file)}: ${finding}`));
}

const components = ComponentSet.fromSource({ fsPaths: directories }).getSourceComponents().toArray();
const owned = new Set(
    components.flatMap((component) => [component, ...component.getChildren()]).flatMap((one) => [one.xml, ...one.walkContent()])
);
for (const file of files.filter((one) => !owned.has(one))) findings.push(`${path.relative(root, file)}: belongs to no component`);
for (const component of components.filter((one) => !one.xml))
    findings.push(`${component.type.name} ${component.fullName}: its -meta.xml is missing`);

const target = fs.mkdtempSync(path.join(os.tmpdir(), 'accord-metadata-'));
const converted = await new MetadataConverter().convert(components, 'metadata', {
    type: 'directory',
    outputDirectory: target,
    genUniqueDir: false
});
fs.rmSync(target, { recursive: true });
if (!converted.converted?.length) findings.push('nothing could be converted to the metadata format');

findings.forEach((finding) => console.error(finding));
console.log(`metadata: ${metadata.length} files, ${components.length} components, ${findings.length} findings`);
process.exitCode = findings.length ? 1 : 0;
