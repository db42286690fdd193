// The two bundles: the vendor's (engine and base components, seldom rebuilt) and our own components.
import path from 'node:path';
import lwc from '@lwc/rollup-plugin';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { components, host, project } from './modules.mjs';
import { entries, icons, leadingZeros, scopedImports, userI18n } from './plugins.mjs';

const constants = () =>
    replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"', 'import.meta.env.SSR': 'false' } });

const options = {
    rootDir: host,
    // baseCombobox calls attachInternals(), which synthetic shadow refuses otherwise: its list would stay empty
    enableSyntheticElementInternals: true,
    enableLwcOn: true,
    enableDynamicComponents: true,
    apiVersion: Number.parseInt(project.sourceApiVersion, 10)
};

const ownPlainFiles = ['**/host/page/**', '**/host/shims/**']; // no components, so nothing for the compiler

/** A missing base component or child is only a warning to Rollup and an error in the user's browser: it stops the build. */
function refuseUnresolved(warning, report) {
    if (warning.code === 'UNRESOLVED_IMPORT') throw new Error(warning.message);
    const fromVendor = /lightning-base-components|node_modules/.test(`${warning.message}${warning.id ?? ''}${warning.loc?.file ?? ''}`);
    if (!fromVendor) report(warning);
}

/** Writes the vendor bundle and answers with name -> file, relative to the folder. */
export async function buildVendor(folder, names) {
    const bundle = await rollup({
        input: Object.fromEntries(names.map((name) => [name, `entry:${name}`])),
        plugins: [
            entries(),
            icons(),
            userI18n(),
            leadingZeros(),
            constants(),
            lwc({
                ...options,
                modules: [{ npm: 'lightning-base-components' }],
                exclude: ['\0*', '**/scopedImports/**', '**/external/**', ...ownPlainFiles]
            }),
            terser()
        ],
        onwarn: refuseUnresolved
    });
    const { output } = await bundle.write({
        dir: folder,
        format: 'es',
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: 'chunk-[hash].js',
        // one file of shared code: thirty small ones would each cost the first paint a round trip
        manualChunks: () => 'vendor'
    });
    await bundle.close();
    return Object.fromEntries(output.filter((chunk) => chunk.isEntry).map((chunk) => [chunk.name, chunk.fileName]));
}

/** Writes our own components with main.js as the way in, and answers with the name of that file. */
export async function buildApp(folder, external) {
    const bundle = await rollup({
        input: { main: path.join(host, 'page/main.js') },
        external,
        plugins: [
            userI18n(),
            scopedImports(),
            constants(),
            lwc({
                ...options,
                modules: Object.entries(components()).map(([name, file]) => ({ name, path: file })),
                exclude: [...ownPlainFiles, '\0*']
            }),
            terser()
        ],
        onwarn: refuseUnresolved
    });
    const { output } = await bundle.write({
        dir: folder,
        format: 'es',
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: 'chunk-[hash].js'
    });
    await bundle.close();
    return output.find((chunk) => chunk.isEntry).fileName;
}
