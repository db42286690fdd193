// Rules that make plans, while an admin changes them: values in, values out.
import { DECIDING } from 'c/accordAutoTry';
import { format } from 'c/accordLabels';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';

const SENT = ['id', 'enabled', ...DECIDING];
const pick = (rule, names) => Object.fromEntries(names.map((name) => [name, rule[name] ?? null]));
export const nameOf = ({ name }) => name;

/** A rule as it is sent; `also_existing` is told where somebody has chosen it. */
const sentRule = (rule) => ({
    ...pick(rule, SENT),
    id: rule.isNew ? null : rule.id,
    ...(rule.also_existing ? { also_existing: true } : {})
});

/** The draft: a new rule has an id of its own too, which is not sent. */
export const draftOf = ({ rules }) => ({ rules });
export const settingsOf = (draft) => ({ rules: draft.rules.map(sentRule) });

let made = 0;
export function newEntry(rules) {
    made += 1;
    const names = new Set(rules.map(({ name }) => name));
    let number = rules.length + 1;
    while (names.has(format(labels.newName, number))) number += 1;
    return {
        id: `new-${made}`,
        isNew: true,
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

export const withChanges = (rules, id, changes) => rules.map((rule) => (rule.id === id ? { ...rule, ...changes } : rule));

const textOf = (rule) => JSON.stringify(pick(rule, SENT));
const summary = (rule) => `${rule.enabled ? labels.on : labels.off}, ${rule.stages.join(', ')}`;

/** What another admin is told about. */
export function factsOf(draft) {
    const rules = draft.rules.map((rule) => [`rule.${rule.id}`, { name: rule.name, text: summary(rule) }]);
    const order = { name: labels.order, text: draft.rules.map(nameOf).join(', '), is: draft.rules.map(({ id }) => id).join() };
    return new Map([...rules, ['order', order]]);
}

/** My draft with what somebody else has changed; what both have changed stays mine, and what he took out and I have changed is new. */
export function mergeOf(base, mine, theirs) {
    const byId = (draft) => new Map(draft.rules.map((rule) => [rule.id, rule]));
    const [before, own, there] = [base, mine, theirs].map(byId);
    const isChanged = (rule) => !before.has(rule.id) || textOf(rule) !== textOf(before.get(rule.id)) || rule.also_existing;
    const kept = theirs.rules
        .filter((rule) => own.has(rule.id) || !before.has(rule.id))
        .map((rule) => (own.has(rule.id) && isChanged(own.get(rule.id)) ? { ...rule, ...own.get(rule.id) } : rule));
    const added = mine.rules.filter((rule) => !there.has(rule.id) && isChanged(rule)).map((rule) => ({ ...rule, isNew: true }));
    return { rules: [...kept, ...added] };
}
