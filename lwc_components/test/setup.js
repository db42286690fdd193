import { setup } from '@sa11y/jest';

setup();

// jsdom lays nothing out, so nothing changes its size; a test that wants it puts its own here
globalThis.ResizeObserver ??= class {
    observe() {}
    disconnect() {}
};

// what the engine complains about is a mistake of ours
beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation((message) => {
        throw new Error(message);
    });
});

afterEach(() => {
    while (document.body.firstChild) document.body.removeChild(document.body.firstChild);
    jest.clearAllMocks();
});
