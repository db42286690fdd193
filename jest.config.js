const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
    ...jestConfig,
    roots: ['<rootDir>/lwc_components'],
    resolver: '<rootDir>/lwc_components/test/resolver.js',
    testTimeout: 60_000, // what never ends is ended; a busy machine is no fault of a component
    collectCoverageFrom: ['lwc_components/main/**/lwc/**/*.js', 'lwc_components/host/accord*Source/*.js', '!**/__tests__/**'],
    moduleNameMapper: {
        ...jestConfig.moduleNameMapper,
        // styles alone, which Jest does not resolve
        '^c/(accord(AddForm|Entries|Hint|PlanLook|Tables|WaitingRows))$': '<rootDir>/lwc_components/main/default/lwc/$1/$1.css',
        // texts as they stand in the package, so that a test reads what a person reads
        '^c/accordLabels$': '<rootDir>/lwc_components/test/labels.js',
        '^c/accordSettingsLabels$': '<rootDir>/lwc_components/test/settingsLabels.js',
        '^c/accordSettingsSource$': '<rootDir>/lwc_components/test/platform/settingsSource.js',
        '^@salesforce/i18n/(locale|currency)$': '<rootDir>/lwc_components/test/i18n/$1.js',
        '^lightning/uiRecordApi$': '<rootDir>/lwc_components/test/platform/uiRecordApi.js',
        '^lightning/uiObjectInfoApi$': '<rootDir>/lwc_components/test/platform/uiObjectInfoApi.js',
        '^lightning/(input|combobox|textarea|checkboxGroup)$': '<rootDir>/lwc_components/test/platform/editor/editor.js',
        '^accord(Settings|Safety|Privacy|Trust|FieldSync)Kit$': '<rootDir>/lwc_components/test/accord$1Kit.js',
        '^settingsAnswers$': '<rootDir>/lwc_components/test/platform/settingsSource.js',
        '^accordTestKit$': '<rootDir>/lwc_components/test/accordTestKit.js'
    },
    setupFilesAfterEnv: [...(jestConfig.setupFilesAfterEnv ?? []), '<rootDir>/lwc_components/test/setup.js']
};
