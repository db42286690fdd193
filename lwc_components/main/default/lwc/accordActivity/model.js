// The settings of activity while an admin changes them: values in, values out.
import { format } from 'c/accordLabels';
import { activityLabels as labels } from 'c/accordSettingsLabels';

export const FOLDING = [
    { value: 'none', label: labels.foldNone },
    { value: 'day', label: labels.foldDay },
    { value: 'minutes', label: labels.foldMinutes }
];
export const INTERNAL = [
    { value: 'excluded', label: labels.internalExcluded },
    { value: 'marked', label: labels.internalMarked }
];
const USUAL_MINUTES = 60;

export const draftOf = (answer) => answer;
export const settingsOf = ({ enabled, owner_time_zone: zone, kinds }) => ({ enabled, owner_time_zone: zone, kinds });

/** Minutes belong to folding by minutes alone. */
export function withKind(draft, kind, changes) {
    const settled = (one) => ({ ...one, minutes: one.folding === 'minutes' ? (one.minutes ?? USUAL_MINUTES) : null });
    return { ...draft, kinds: draft.kinds.map((one) => (one.kind === kind ? settled({ ...one, ...changes }) : one)) };
}

/** [Accord: Customer View] is told as Customer View. */
export const titleOf = ({ prefix }) => /: (.*)]$/.exec(prefix)?.[1] ?? prefix;

const labelOf = (options, value) => options.find((one) => one.value === value)?.label ?? value;
const foldingText = ({ folding, minutes }) => (folding === 'minutes' ? format(labels.everyMinutes, minutes) : labelOf(FOLDING, folding));

/** What another admin is told about. */
export function factsOf({ enabled, owner_time_zone: zone, kinds }) {
    const word = (on) => (on ? labels.on : labels.off);
    const kindFacts = (one) => {
        const facts = {
            enabled: [titleOf(one), word(one.enabled)],
            folding: [format(labels.factRepeats, titleOf(one)), foldingText(one)],
            text: [format(labels.factText, titleOf(one)), one.text],
            folded_text: [format(labels.factMany, titleOf(one)), one.folded_text],
            internal: [format(labels.factInternal, titleOf(one)), labelOf(INTERNAL, one.internal)]
        };
        return Object.entries(facts).map(([name, [fact, text]]) => [`${one.kind}.${name}`, { name: fact, text }]);
    };
    return new Map([
        ['enabled', { name: labels.enabled, text: word(enabled) }],
        ['zone', { name: labels.zone, text: zone }],
        ...kinds.flatMap(kindFacts)
    ]);
}

const newer = (base, mine, theirs) => (mine === base ? theirs : mine);
const merged = (base, mine, theirs, names) => Object.fromEntries(names.map((name) => [name, newer(base[name], mine[name], theirs[name])]));

/** My draft with what somebody else has changed; what both have changed stays mine. */
export function mergeOf(base, mine, theirs) {
    const kindOf = (draft, { kind }) => draft.kinds.find((one) => one.kind === kind);
    const names = ['enabled', 'text', 'folded_text', 'internal'];
    const kinds = mine.kinds.map((one) => {
        const [before, after] = [kindOf(base, one), kindOf(theirs, one)];
        // how repeats are folded is one choice of two fields
        const isFoldingMine = one.folding !== before.folding || one.minutes !== before.minutes;
        const { folding, minutes } = isFoldingMine ? one : after;
        return { ...one, ...merged(before, one, after, names), folding, minutes };
    });
    return { ...mine, ...merged(base, mine, theirs, ['enabled', 'owner_time_zone']), kinds };
}
