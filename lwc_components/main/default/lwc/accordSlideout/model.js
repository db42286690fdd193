// The set-up of the slideout while an admin changes it: values in, values out. A field has one row, so its key names the row.
import { format } from 'c/accordLabels';
import { keyOf, moved, newer, withChange, without } from 'c/accordRowList';
import { slideoutLabels as labels } from 'c/accordSettingsLabels';

const NO_RULE = { record_types: [], stages: [] };
const MOST_TABS = 2;

export const rowsOf = (draft) => draft.tabs.flatMap((tab) => tab.rows);

/** Settings as the API answers them, always with both tabs: the second one is shown to nobody until it has a row. */
export function draftOf({ tabs }) {
    const known = tabs.map(({ label, rule, rows }) => ({
        label,
        rule: rule ?? NO_RULE,
        rows: rows.map((row) => ({ is_open: false, ...row, key: keyOf(row) }))
    }));
    const second = { label: labels.secondTab, rule: NO_RULE, rows: [] };
    return { tabs: known.length < MOST_TABS ? [...known, second] : known };
}

export const settingsOf = ({ tabs }) => ({
    tabs: tabs.map(({ label, rule, rows }) => ({
        label,
        rule: { record_types: rule.record_types, stages: rule.stages },
        rows: rows.map(({ sobject, field, label: name, is_open: isOpen }) => ({ sobject, field, label: name, is_open: isOpen }))
    }))
});

const withTab = (draft, index, change) => ({ tabs: draft.tabs.map((tab, place) => (place === index ? { ...tab, ...change(tab) } : tab)) });
const mapRows = (draft, change) => ({ tabs: draft.tabs.map((tab) => ({ ...tab, rows: change(tab.rows) })) });

export const addRow = (draft, index, row) =>
    withTab(draft, index, ({ rows }) => ({
        rows: [...rows, { ...row, key: keyOf(row), is_open: false, status: 'unchecked', reason: null }]
    }));
export const removeRow = (draft, key) => mapRows(draft, (rows) => without(rows, key));
const withRow = (draft, key, change) => mapRows(draft, (rows) => withChange(rows, key, change));
export const relabel = (draft, key, label) => withRow(draft, key, { label });
/** Whether people without a login of their own read the row too. */
export const setOpen = (draft, key, isOpen) => withRow(draft, key, { is_open: isOpen });
export const renameTabs = (draft, names) => ({ tabs: draft.tabs.map((tab, index) => ({ ...tab, label: names[index] })) });
export const setRule = (draft, index, rule) => withTab(draft, index, () => ({ rule }));

/** The row one place up (-1) or down (1) in its tab. */
export const moveRow = (draft, key, by) => mapRows(draft, (rows) => moved(rows, key, by));

/** The row at the end of the other tab. */
export function moveToOtherTab(draft, key) {
    const from = draft.tabs.findIndex(({ rows }) => rows.some((row) => row.key === key));
    const row = draft.tabs[from].rows.find((one) => one.key === key);
    return withTab(removeRow(draft, key), from === 0 ? 1 : 0, ({ rows }) => ({ rows: [...rows, row] }));
}

/** Where each row stands: key -> {row, tab}. */
const places = (draft) => new Map(draft.tabs.flatMap((tab, index) => tab.rows.map((row) => [row.key, { row, tab: index }])));

/** What another admin is told about: the names and rules of the tabs, each row, and the order. */
export function factsOf(draft) {
    const ruleText = ({ record_types: types, stages }) => [...stages, ...types].join(', ') || labels.everyDeal;
    const rowText = ({ label, is_open: isOpen }, index) =>
        [format(labels.rowFact, label, index + 1), ...(isOpen ? [labels.open] : [])].join(' · ');
    const tabs = draft.tabs.flatMap(({ label, rule }, index) => [
        [`tab.${index}`, { name: format(labels.nameOfTab, index + 1), text: label }],
        [`rule.${index}`, { name: format(labels.ruleOfTab, index + 1), text: ruleText(rule) }]
    ]);
    const rows = draft.tabs.flatMap((tab, index) =>
        tab.rows.map((row) => [row.key, { name: `${row.label} (${row.key})`, text: rowText(row, index) }])
    );
    const all = rowsOf(draft);
    const order = { name: labels.order, text: all.map(({ label }) => label).join(', '), is: all.map(({ key }) => key).join() };
    return new Map([...tabs, ...rows, ['order', order]]);
}

/** What an admin sets of a row, besides its place. */
const KEPT = ['label', 'is_open'];

/** My draft with what somebody else has changed; what both have changed stays mine, and no row of either is lost. */
export function mergeOf(base, mine, theirs) {
    const [before, here, there] = [base, mine, theirs].map(places);
    const order = (draft) => draft.tabs.map(({ rows }) => rows.map(({ key }) => key));
    const isArranged = JSON.stringify(order(mine)) !== JSON.stringify(order(base));
    const [first, second] = isArranged ? [here, there] : [there, here];
    const isUntouched = (key) => KEPT.every((name) => here.get(key)?.row[name] === before.get(key).row[name]);
    const isGone = (key) => before.has(key) && (!there.has(key) ? isUntouched(key) : !here.has(key));
    const kept = [...first, ...[...second].filter(([key]) => !first.has(key))].filter(([key]) => !isGone(key));
    const valueOf = (key, name) =>
        newer(before.get(key)?.row[name], (here.get(key) ?? there.get(key)).row[name], there.get(key)?.row[name]);
    const merged = (key, row) => Object.fromEntries(KEPT.map((name) => [name, valueOf(key, name) ?? row[name]]));
    const tabOf = (key, tab) => newer(before.get(key)?.tab, here.get(key)?.tab ?? tab, there.get(key)?.tab) ?? tab;
    return {
        tabs: mine.tabs.map((tab, index) => ({
            label: newer(base.tabs[index].label, tab.label, theirs.tabs[index].label),
            rule: newer(base.tabs[index].rule, tab.rule, theirs.tabs[index].rule),
            rows: kept
                .filter(([key, { tab: place }]) => tabOf(key, place) === index)
                .map(([key, { row }]) => ({ ...row, ...merged(key, row) }))
        }))
    };
}

/** What an error at a place such as tabs.0.rows.1 is about: the key of the row, or tab.0. */
export function placed(draft, place) {
    const [, tab, row] = /^tabs\.(\d)(?:\.rows\.(\d+))?$/.exec(place) ?? [];
    if (row) return draft.tabs[tab]?.rows[row]?.key ?? place;
    return tab ? `tab.${tab}` : place;
}
