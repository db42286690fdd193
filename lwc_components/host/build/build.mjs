// npm run build: makes build/panel/{vendor,js,styles,importmap.json,panel.html}. Unchanged parts are kept by a key of what they are made of.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { customLabels, filesBelow, host, output, root, sources, usedBaseComponents, usedIcons } from './modules.mjs';

const ADDRESS = '/panel-assets'; // where the backend serves build/panel

const keyOf = (...parts) => crypto.createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
const contentOf = (file) => [path.relative(root, file), fs.readFileSync(file, 'utf8')];
const buildScripts = filesBelow(path.join(host, 'build')).map(contentOf);
const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
const versions = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).dependencies;
const integrity = Object.keys(versions).map((name) => [name, lock[`node_modules/${name}`]?.integrity]);

/** Runs `make` into a fresh folder and puts it in place at once, so that no reader ever sees half of it. */
async function refresh(name, key, make) {
    const folder = path.join(output, name);
    const stamp = path.join(folder, 'built.json');
    if (fs.existsSync(stamp)) {
        const built = JSON.parse(fs.readFileSync(stamp, 'utf8'));
        if (built.key === key) return built.result;
    }
    const started = Date.now();
    const fresh = `${folder}.${process.pid}.new`;
    fs.rmSync(fresh, { recursive: true, force: true });
    fs.mkdirSync(fresh, { recursive: true });
    const result = await make(fresh);
    fs.writeFileSync(path.join(fresh, 'built.json'), JSON.stringify({ key, result }));
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(fresh, folder);
    process.stdout.write(`panel: ${name} built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    return result;
}

const vendorNames = ['@lwc/synthetic-shadow', 'lwc', ...usedBaseComponents()];
const shims = [path.join(host, 'page/session.js'), ...filesBelow(path.join(host, 'shims'))].map(contentOf);
const vendor = await refresh('vendor', keyOf(vendorNames, usedIcons(), integrity, shims, buildScripts), async (folder) =>
    (await import('./rollup.mjs')).buildVendor(folder, vendorNames)
);
const main = await refresh('js', keyOf(sources().map(contentOf), customLabels(), vendorNames, integrity, buildScripts), async (folder) =>
    (await import('./rollup.mjs')).buildApp(folder, vendorNames)
);
await refresh('styles', keyOf(integrity, contentOf(path.join(host, 'page/panel.css'))), (folder) => {
    const designSystem = path.join(root, 'node_modules/@salesforce-ux/design-system/assets/styles');
    fs.copyFileSync(path.join(designSystem, 'salesforce-lightning-design-system.min.css'), path.join(folder, 'slds.css'));
    fs.copyFileSync(path.join(host, 'page/panel.css'), path.join(folder, 'panel.css'));
});

const imports = Object.fromEntries(Object.entries(vendor).map(([name, file]) => [name, `${ADDRESS}/vendor/${file}`]));
const importMap = { imports: { ...imports, 'accord/main': `${ADDRESS}/js/${main}` } };
fs.writeFileSync(path.join(output, 'importmap.json'), JSON.stringify(importMap));

// the page begins to load what its script will ask for, instead of finding it out file by file
const links = Object.values(importMap.imports).map((file) => `<link rel="modulepreload" nonce="{{nonce}}" href="${file}" />`);
const shell = fs.readFileSync(path.join(host, 'page/panel.html'), 'utf8');
fs.writeFileSync(path.join(output, 'panel.html'), shell.replace('<!--preload-->', links.join('\n        ')));
