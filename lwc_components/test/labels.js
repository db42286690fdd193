// c/accordLabels for tests, with the texts of the package instead of their names.
const fs = require('node:fs');
const path = require('node:path');

const file = path.resolve(__dirname, '../../force-app/main/panels/labels/CustomLabels.labels-meta.xml');
const actual = jest.requireActual('../main/default/lwc/accordLabels/accordLabels');

const entries = [...fs.readFileSync(file, 'utf8').matchAll(/<fullName>(\w+)<\/fullName>[\s\S]*?<value>([^<]*)<\/value>/g)];
const texts = new Map(entries.map(([, name, value]) => [`c.${name}`, value.replace(/&gt;/g, '>').replace(/&amp;/g, '&')]));
const textOf = (name) => {
    if (!texts.has(name)) throw new Error(`${name} is not a custom label of the package`);
    return texts.get(name);
};

const withTexts = (labels) => Object.fromEntries(Object.entries(labels).map(([key, name]) => [key, textOf(name)]));

module.exports = {
    __esModule: true,
    textOf,
    format: actual.format,
    criterionLabels: withTexts(actual.criterionLabels),
    partLabels: withTexts(actual.partLabels),
    planLabels: withTexts(actual.planLabels),
    variableLabels: withTexts(actual.variableLabels),
    playbookLabels: withTexts(actual.playbookLabels),
    whyLabels: withTexts(actual.whyLabels),
    default: withTexts(actual.default)
};
