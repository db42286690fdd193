// The list of execution criteria, while an admin changes it: values in, values out.
import { format } from 'c/accordLabels';
import { criteriaLabels as labels } from 'c/accordSettingsLabels';

const KEY_LENGTH = 40;
export const nameOf = ({ title }) => title.trim() || labels.untitled;

/** The draft: every criterion with an id of its own, which a new one has before it is saved. */
export const draftOf = ({ criteria }) => ({ criteria });
export const settingsOf = (draft) => ({
    criteria: draft.criteria.map(({ key, kind, title, stages }) => ({ key, kind, title, stages }))
});

/** A key that the name suggests, and that no other criterion has. */
export function keyFor(title, others) {
    const plain = title
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^[^a-z]+|_+$/g, '')
        .slice(0, KEY_LENGTH - 3);
    const taken = new Set(others.map(({ key }) => key));
    const base = plain || 'criterion';
    let key = base;
    for (let number = 2; taken.has(key); number += 1) key = `${base}_${number}`;
    return key;
}

let made = 0;
export function newEntry(criteria) {
    made += 1;
    return { id: `new-${made}`, isNew: true, key: keyFor('', criteria), kind: 'text', title: '', stages: [], plans: 0 };
}
/** What is typed as the name of a new criterion makes its key too, until somebody types another key. */
export function withChanges(criteria, id, changes) {
    const others = criteria.filter((one) => one.id !== id);
    return criteria.map((one) => {
        if (one.id !== id) return one;
        const follows = one.isNew && !one.hasOwnKey && changes.title !== undefined;
        const own = changes.key === undefined ? {} : { hasOwnKey: true };
        return { ...one, ...changes, ...own, ...(follows ? { key: keyFor(changes.title, others) } : {}) };
    });
}

export const stagesText = ({ stages }) => (stages.length ? format(labels.stagesOf, stages.join(', ')) : labels.stagesAlways);
export function plansText({ plans }) {
    if (!plans) return labels.plansNone;
    return plans === 1 ? labels.plansOne : format(labels.plans, plans);
}

/** What another admin is told about. Two who made the same key meet there. */
export function factsOf(draft) {
    const facts = draft.criteria.map((one) => [`criterion.${one.key}`, { name: nameOf(one), text: `${one.title}, ${stagesText(one)}` }]);
    const order = { name: labels.order, text: draft.criteria.map(nameOf).join(', '), is: draft.criteria.map(({ key }) => key).join() };
    return new Map([...facts, ['order', order]]);
}

/** My draft with what somebody else has changed; what both have changed stays mine. */
export function mergeOf(base, mine, theirs) {
    const keyed = (draft) => new Map(draft.criteria.map((one) => [one.key, one]));
    const [before, own] = [keyed(base), keyed(mine)];
    const isMine = (one) =>
        JSON.stringify([one.title, one.stages]) !== JSON.stringify([before.get(one.key)?.title, before.get(one.key)?.stages]);
    const kept = theirs.criteria
        .filter((one) => own.has(one.key) || !before.has(one.key))
        .map((one) => {
            const mineOf = own.get(one.key);
            return mineOf && isMine(mineOf) ? { ...one, title: mineOf.title, stages: mineOf.stages } : one;
        });
    const known = new Set(theirs.criteria.map(({ key }) => key));
    return { criteria: [...kept, ...mine.criteria.filter((one) => !known.has(one.key) && !before.has(one.key))] };
}
