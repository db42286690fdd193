/** Stands in for c/accordSettingsSource: a test tells what each call answers. */
const answers = new Map();

/** Every call: [method, path, body, version]. */
export const calls = [];

/** What `method path` is answered from now on: a value, or a function of the body that may throw. */
export const answer = (route, value, version = null) => answers.set(route, { value, version });

export function forget() {
    answers.clear();
    calls.length = 0;
}

export async function exchange(method, path, body, version) {
    calls.push([method, path, body, version]);
    const found = answers.get(`${method} ${path}`);
    if (!found) throw new Error(`No answer for ${method} ${path}.`);
    const value = typeof found.value === 'function' ? await found.value(body) : found.value;
    return { answer: value, version: found.version };
}

/** A file's bytes: whatever the test has answered. */
export const fetchFile = async (path) => (await exchange('GET', path)).answer;

export const orgAddress = (path) => `/${path}`;
