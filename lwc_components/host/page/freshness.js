// Somebody who comes back to the page after a while sees what Salesforce holds by then.

const REST_MS = 60000;

/** Calls `refresh` when the window gets the focus, at most once a minute, and not in the first minute: the page has just loaded then. */
export function refreshOnReturn(refresh) {
    let last = performance.now();
    window.addEventListener('focus', () => {
        if (performance.now() - last < REST_MS) return;
        last = performance.now();
        refresh();
    });
}
