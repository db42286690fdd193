// What the sources ask for: components, base components, custom labels. Read from the files, so that nothing is listed twice.
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');
export const host = path.join(root, 'lwc_components/host');
export const output = path.join(root, 'build/panel');
export const baseComponents = path.join(root, 'node_modules/lightning-base-components');
export const project = JSON.parse(fs.readFileSync(path.join(root, 'sfdx-project.json'), 'utf8'));

/** Every file below a folder, sorted, without tests. */
export function filesBelow(folder) {
    if (!fs.existsSync(folder)) return [];
    return fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('__tests__'))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort();
}

const packageFiles = project.packageDirectories.flatMap((directory) => filesBelow(path.join(root, directory.path)));

/** c/<bundle> -> its JavaScript. The page has its own sources of data; those of Lightning need the platform. */
export function components() {
    const found = {};
    for (const file of packageFiles) {
        const bundle = path.basename(path.dirname(file));
        const isOfBundle = path.basename(path.dirname(path.dirname(file))) === 'lwc';
        // files come sorted: the styles stay the entry of a bundle that is styles alone
        if (isOfBundle && [`${bundle}.css`, `${bundle}.js`].includes(path.basename(file))) found[`c/${bundle}`] = file;
    }
    for (const name of ['accordRecordSource', 'accordSettingsSource']) found[`c/${name}`] = path.join(host, name, `${name}.js`);
    return found;
}

/** The files that the page is made of: what the bundles above consist of, and the page's own. */
export function sources() {
    const folders = [...new Set(Object.values(components()).map((file) => path.dirname(file)))];
    return [...folders, path.join(host, 'page'), path.join(host, 'shims')].flatMap(filesBelow).sort();
}

/** Base components in use, found by their tags and imports: lightning/input and so on. */
export function usedBaseComponents() {
    const names = new Set();
    for (const file of sources().filter((name) => /\.(html|js)$/.test(name))) {
        const text = fs.readFileSync(file, 'utf8');
        for (const [, tag] of text.matchAll(/<lightning-([a-z-]+)/g)) {
            names.add(`lightning/${tag.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())}`);
        }
    }
    return [...names].sort();
}

/** Icons named in our own sources and in the base components in reach; the full sets are 1,900 templates. */
export function usedIcons() {
    const reach = filesBelow(path.join(baseComponents, 'src/lightning')).filter(
        (name) => !/iconSvgTemplates|iconUtils|__examples__/.test(name)
    );
    const names = new Set();
    for (const file of [...sources(), ...reach].filter((name) => /\.(html|js)$/.test(name))) {
        for (const [name] of fs.readFileSync(file, 'utf8').matchAll(/\b(?:utility|standard|action):\w+/g)) names.add(name);
    }
    return [...names].sort();
}

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };

/** Custom labels of the package: c.Name -> text. */
export function customLabels() {
    const labels = {};
    for (const file of packageFiles.filter((name) => name.endsWith('.labels-meta.xml'))) {
        for (const [, body] of fs.readFileSync(file, 'utf8').matchAll(/<labels>([\s\S]*?)<\/labels>/g)) {
            const element = (tag) => body.match(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`))?.[1] ?? '';
            labels[`c.${element('fullName')}`] = element('value').replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
        }
    }
    return labels;
}
