// What a change of settings was, in words: two JSON values are compared, and what came, went and became something else is told.
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { wordsLabels as labels } from 'c/accordSettingsLabels';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** check_minutes -> Check minutes */
export function wordsOf(name) {
    const words = name.replaceAll('_', ' ').trim();
    return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value as it is read. */
export function textOf(value) {
    if (value === null || value === undefined || value === '') return labels.nothing;
    if (typeof value === 'boolean') return value ? labels.yes : labels.no;
    if (Array.isArray(value)) return value.length ? value.map(textOf).join(', ') : labels.nothing;
    if (isObject(value))
        return (
            nameOf(value) ??
            Object.entries(value)
                .map(([name, one]) => `${wordsOf(name)} ${textOf(one)}`)
                .join(', ')
        );
    return MOMENT.test(value) ? momentOf(value) : String(value);
}

/** What one of a list is called by people; nothing where only its place tells it from others. */
function nameOf({ sobject, datum, path, field, kind, label }) {
    if (sobject && field) return label ? `${label} (${sobject}.${field})` : `${sobject}.${field}`;
    if (datum && field) return `${wordsOf(datum)} → ${path ? `${path}.` : ''}${field}`;
    return kind ? wordsOf(kind) : null;
}
function identityOf({ sobject, datum, path, field, kind }, place) {
    return sobject || datum || kind ? [sobject, datum, path, field, kind].join('|') : String(place);
}

const pathText = (path) => path.join(' › ') || labels.itself;

function changesOfLists(old, now, path) {
    const keyed = (list) => new Map(list.map((item, place) => [identityOf(item, place), item]));
    const [before, after] = [keyed(old), keyed(now)];
    const lines = [];
    [...after.keys()].forEach((key, place) => {
        const item = after.get(key);
        const name = nameOf(item);
        if (!before.has(key)) lines.push(format(labels.added, pathText(path), name ?? textOf(item)));
        else if (name) lines.push(...changesOf(before.get(key), item, [...path, name]));
        else
            lines.push(
                ...changesOf(before.get(key), item, [...path.slice(0, -1), format(labels.place, path.at(-1) ?? labels.itself, place + 1)])
            );
    });
    for (const [key, item] of before) if (!after.has(key)) lines.push(format(labels.removed, pathText(path), textOf(item)));
    return lines.length ? lines : [format(labels.order, pathText(path))];
}

/** One line for each difference of two JSON values. */
export function changesOf(old, now, path = []) {
    if (isSame(old, now)) return [];
    if (Array.isArray(old) && Array.isArray(now) && [...old, ...now].every(isObject)) return changesOfLists(old, now, path);
    if ((isObject(old) || isObject(now)) && (isObject(old) || old === null || old === undefined) && (isObject(now) || !now)) {
        const names = Object.keys({ ...old, ...now });
        return names.flatMap((name) => changesOf(old?.[name] ?? null, now?.[name] ?? null, [...path, wordsOf(name)]));
    }
    return [format(labels.changed, pathText(path), textOf(old), textOf(now))];
}

/** tabs.0.rows.3.label -> Tabs 1 › Rows 4 › Label */
export function placeOf(path) {
    const words = [];
    for (const part of path.split('.').filter(Boolean)) {
        if (/^\d+$/.test(part) && words.length) words.push(format(labels.place, words.pop(), Number(part) + 1));
        else words.push(wordsOf(part));
    }
    return pathText(words);
}

/** A difference that Accord has found: {path, old, new} in words. It has not happened yet. */
export const differenceText = ({ path, old, new: now }) => format(labels.becomes, placeOf(path), textOf(old), textOf(now));

/** At most so many lines, and how many more there are. */
export function shortened(lines, most) {
    return lines.length > most ? [...lines.slice(0, most), format(labels.more, lines.length - most)] : lines;
}
