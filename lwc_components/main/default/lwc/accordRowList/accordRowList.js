// A list of rows, each with its `key`, while somebody changes it: values in, values out.

export const keyOf = ({ sobject, field }) => `${sobject}.${field}`;

/** What both have left alone or one has changed; what both have changed stays mine. */
export const newer = (base, mine, theirs) => (JSON.stringify(mine) === JSON.stringify(base) ? theirs : mine);

export const withChange = (rows, key, change) => rows.map((row) => (row.key === key ? { ...row, ...change } : row));
export const without = (rows, key) => rows.filter((row) => row.key !== key);

/** The rows with one of them a place up (-1) or down (1); at an end it stays. */
export function moved(rows, key, by) {
    const from = rows.findIndex((row) => row.key === key);
    const to = from + by;
    if (from < 0 || to < 0 || to >= rows.length) return rows;
    const others = without(rows, key);
    others.splice(to, 0, rows[from]);
    return others;
}

/** Whose row gets the focus when `key` goes: the next one's key, else the one before, else undefined. */
export function neighbourOf(rows, key) {
    const keys = rows.map((row) => row.key);
    return keys[keys.indexOf(key) + 1] ?? keys[keys.indexOf(key) - 1];
}

const byKey = (rows) => new Map(rows.map((row) => [row.key, row]));
const orderOf = (rows) => rows.map(({ key }) => key);

/** My rows with what somebody else has changed of them. `kept` are the names of what a person sets of a row. No row of either is lost. */
export function merged(base, mine, theirs, kept) {
    const [before, here, there] = [base, mine, theirs].map(byKey);
    const isUntouched = (key) => kept.every((name) => here.get(key)?.[name] === before.get(key)[name]);
    const isGone = (key) => before.has(key) && (there.has(key) ? !here.has(key) : isUntouched(key));
    const [first, second] = newer(orderOf(base), orderOf(mine), null) ? [mine, theirs] : [theirs, mine];
    const known = byKey(first);
    const all = [...first, ...second.filter(({ key }) => !known.has(key))].filter(({ key }) => !isGone(key));
    return all.map((row) => {
        const [was, own, other] = [before, here, there].map((rows) => rows.get(row.key));
        const values = kept.map((name) => [name, newer(was?.[name], (own ?? other)[name], (other ?? own)[name])]);
        return { ...row, ...Object.fromEntries(values) };
    });
}
