// Rollup plugins that stand in for what the Salesforce compiler does with scoped imports and icons.
import fs from 'node:fs';
import path from 'node:path';
import { baseComponents, customLabels, host, usedIcons } from './modules.mjs';

const I18N = '\0i18n:';
const shim = path.join(host, 'shims/i18n.js');
const answeredHere = new Set([
    ...['locale', 'currency', 'timeZone', 'firstDayOfWeek', 'calendarData'],
    ...['short', 'medium', 'long'].map((style) => `dateTime.${style}DateFormat`),
    ...['decimalSeparator', 'groupingSeparator', 'minusSign', 'currencySymbol'].map((sign) => `number.${sign}`)
]);

/** @salesforce/i18n/X is answered for the user of this session, as far as our shim does: the base components bring answers for en_US. */
export function userI18n() {
    return {
        name: 'salesforce-i18n',
        resolveId(id) {
            const name = id.match(/^@salesforce\/i18n\/(.+)$/)?.[1];
            return answeredHere.has(name) ? `${I18N}${name}.js` : null;
        },
        load(id) {
            if (!id.startsWith(I18N)) return null;
            return `import { i18n } from ${JSON.stringify(shim)}; export default i18n['${id.slice(I18N.length, -3)}'];`;
        }
    };
}

/**
 * The date editor holds the digits of an entry against those of the day that it understood, to catch the 31st of June; it takes '5/3/2027'
 * for such a day where people write 05/03/2027, and the other way round. As numbers they are compared rightly.
 */
export function leadingZeros() {
    const asText = /(originalNumbers|formattedNumbers)\.join\(','\)/g;
    return {
        name: 'leading-zeros-of-dates',
        transform(code, id) {
            if (!id.endsWith('/datetime/dateTimeUtils.js')) return null;
            if (code.match(asText)?.length !== 2) this.error('the date editor no longer compares digits as it did');
            return { code: code.replace(asText, "$1.map(Number).join(',')"), map: null };
        }
    };
}

const SCOPED = '\0salesforce:';

/** @salesforce/label/c.X becomes the label's text. */
export function scopedImports() {
    const labels = customLabels();
    return {
        name: 'salesforce-scoped-imports',
        resolveId(id, importer) {
            if (importer?.includes('lightning-base-components')) return null; // it brings its own answers
            return id.startsWith('@salesforce/') ? `${SCOPED}${id}.js` : null;
        },
        load(id) {
            if (!id.startsWith(SCOPED)) return null;
            const name = id.slice(SCOPED.length, -3).replace('@salesforce/label/', '');
            if (!(name in labels)) this.error(`${name} is neither a custom label of the package nor known outside Lightning`);
            return `export default ${JSON.stringify(labels[name])};`;
        }
    };
}

const ICONS = '\0icons:';

/** Gives the base components those icons that are used, instead of whole sets in both directions. */
export function icons() {
    const used = usedIcons();
    return {
        name: 'icons-in-use',
        resolveId: (id) => (/^lightning\/iconSvgTemplates/.test(id) ? `${ICONS}${id}.js` : null),
        load(id) {
            if (!id.startsWith(ICONS)) return null;
            const set = id.match(/iconSvgTemplates(Action|Standard|Utility)\.js$/)?.[1];
            if (!set) return 'export default {};'; // sets that nothing here uses, and those for right-to-left
            const kind = set.toLowerCase();
            const rows = used
                .filter((name) => name.startsWith(`${kind}:`))
                .map((name) => name.split(':')[1])
                .map((name) => ({
                    name,
                    file: path.join(baseComponents, `src/lightning/iconSvgTemplates${set}/buildTemplates/${kind}/${name}.html`)
                }))
                .filter(({ file }) => fs.existsSync(file));
            const imports = rows.map(({ name, file }) => `import ${kind}_${name} from ${JSON.stringify(file)};`);
            return `${imports.join('\n')}\nexport default { ${rows.map(({ name }) => `${kind}_${name}`).join(', ')} };`;
        }
    };
}

const ENTRY = '\0entry:';

/** One module per name that re-exports it, so that the vendor bundle can be addressed by the import map. */
export function entries() {
    return {
        name: 'vendor-entries',
        resolveId: (id) => (id.startsWith('entry:') ? `\0${id}.js` : null),
        load(id) {
            if (!id.startsWith(ENTRY)) return null;
            const name = id.slice(ENTRY.length, -3);
            const hasDefault = name.startsWith('lightning/');
            return `export * from '${name}';${hasDefault ? `export { default } from '${name}';` : ''}`;
        }
    };
}
