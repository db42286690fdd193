// Rules that make plans, while an admin changes them: values in, values out.
import { format } from 'c/accordLabels';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';

const SENT = [
    'id',
    'name',
    'enabled',
    'stages',
    'types',
    'amount_from',
    'amount_to',
    'currency',
    'point_person',
    'playbook',
    'template_id',
    'title',
    'stage_title'
];
const pick = (rule, names) => Object.fromEntries(names.map((name) => [name, rule[name] ?? null]));

/** A rule as it is sent; `also_existing` is told where somebody has chosen it. */
export const sentRule = (rule) => ({ ...pick(rule, SENT), ...(rule.also_existing ? { also_existing: true } : {}) });

/** The draft: every rule with a key of its own, which a new one has before it has an id. */
export const draftOf = ({ rules }) => ({ rules: rules.map((rule) => ({ ...rule, key: rule.id })) });
export const settingsOf = (draft) => ({ rules: draft.rules.map(sentRule) });

let made = 0;
export function newRule(rules) {
    made += 1;
    const names = new Set(rules.map(({ name }) => name));
    let number = rules.length + 1;
    while (names.has(format(labels.newName, number))) number += 1;
    return {
        key: `new-${made}`,
        id: null,
        name: format(labels.newName, number),
        enabled: false,
        stages: [],
        types: [],
        amount_from: null,
        amount_to: null,
        currency: null,
        point_person: null,
        playbook: null,
        template_id: null,
        title: '{deal}',
        stage_title: labels.newStage
    };
}

export const withRule = (draft, key, changes) => ({
    rules: draft.rules.map((rule) => (rule.key === key ? { ...rule, ...changes } : rule))
});
export const without = (draft, key) => ({ rules: draft.rules.filter((rule) => rule.key !== key) });
export function moved(draft, key, by) {
    const rules = [...draft.rules];
    const from = rules.findIndex((rule) => rule.key === key);
    const [rule] = rules.splice(from, 1);
    rules.splice(from + by, 0, rule);
    return { rules };
}

const textOf = (rule) => JSON.stringify(pick(rule, SENT));
const summary = (rule) => `${rule.enabled ? labels.on : labels.off}, ${rule.stages.join(', ')}`;

/** What another admin is told about. */
export function factsOf(draft) {
    const rules = draft.rules.map((rule) => [`rule.${rule.key}`, { name: rule.name, text: summary(rule) }]);
    return new Map([...rules, ['order', { name: labels.order, text: draft.rules.map(({ name }) => name).join(', ') }]]);
}

/** My draft with what somebody else has changed; what both have changed stays mine. */
export function mergeOf(base, mine, theirs) {
    const keyed = (draft) => new Map(draft.rules.map((rule) => [rule.key, rule]));
    const [before, own] = [keyed(base), keyed(mine)];
    const isChanged = (rule) => !before.has(rule.key) || textOf(rule) !== textOf(before.get(rule.key)) || rule.also_existing;
    const kept = theirs.rules
        .filter((rule) => own.has(rule.key) || !before.has(rule.key))
        .map((rule) => (own.has(rule.key) && isChanged(own.get(rule.key)) ? { ...rule, ...own.get(rule.key) } : rule));
    const known = new Set(theirs.rules.map(({ key }) => key));
    const added = mine.rules
        .filter((rule) => !known.has(rule.key) && isChanged(rule))
        .map((rule) => ({ ...rule, id: before.has(rule.key) ? null : rule.id }));
    return { rules: [...kept, ...added] };
}
