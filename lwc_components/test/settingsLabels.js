// c/accordSettingsLabels for tests, with the texts of the package instead of their names.
const { textOf } = require('./labels');

const actual = jest.requireActual('../main/default/lwc/accordSettingsLabels/accordSettingsLabels');
const withTexts = (labels) => Object.fromEntries(Object.entries(labels).map(([key, name]) => [key, textOf(name)]));

module.exports = { __esModule: true };
for (const [page, labels] of Object.entries(actual)) module.exports[page] = withTexts(labels);
