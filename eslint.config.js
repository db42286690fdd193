const lwc = require('@salesforce/eslint-config-lwc');
const globals = require('globals');

module.exports = [
    { ignores: ['**/node_modules/**', 'build/**', 'coverage/**', 'backend/**'] },
    ...lwc.configs.recommended.map((config) => ({ ...config, files: ['**/lwc/**/*.js', 'lwc_components/host/accord*Source/**/*.js', 'lwc_components/test/**/*.js'] })),
    {
        files: ['**/__tests__/**/*.js', 'lwc_components/test/**/*.js'],
        languageOptions: { globals: { ...globals.node, ...globals.jest } },
        rules: { '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off', '@lwc/lwc/no-async-operation': 'off' }
    },
    {
        // waiting for the page around the frame has an end
        files: ['lwc_components/host/accord*Source/**/*.js'],
        languageOptions: { globals: globals.browser },
        rules: { '@lwc/lwc/no-async-operation': 'off' }
    },
    {
        files: ['lwc_components/host/{page,shims}/**/*.js'],
        languageOptions: { globals: globals.browser, sourceType: 'module' },
        rules: { 'no-undef': 'error', 'no-unused-vars': 'error' }
    },
    {
        files: ['lwc_components/host/build/**/*.mjs', 'scripts/**/*.mjs', 'benchmarks/**/*.mjs'],
        languageOptions: { globals: globals.node, sourceType: 'module' },
        rules: { 'no-undef': 'error', 'no-unused-vars': 'error' }
    }
];
