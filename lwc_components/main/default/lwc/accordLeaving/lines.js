// What leaves the org as lines of a table: each field once, with all reasons and all its copies.
import { format } from 'c/accordLabels';
import { leavingLabels as labels } from 'c/accordSettingsLabels';

const shown = (place) => ({ ...place, keptFor: format(labels.keptFor, place.kept), seen: format(labels.seen, place.seen_by) });

export function linesOf({ fields, places }) {
    const placeOf = new Map(places.map((place) => [place.place, shown(place)]));
    const lines = new Map();
    for (const { object, field, why, copies } of fields) {
        const name = `${object}.${field}`;
        const line = lines.get(name) ?? { name, whys: [], copies: [] };
        const known = copies.map((copy) => placeOf.get(copy)).filter((place) => place && !line.copies.includes(place));
        lines.set(name, { ...line, whys: [...new Set([...line.whys, why])], copies: [...line.copies, ...known] });
    }
    return [...lines.values()].map((line) => {
        const why = line.whys.join('; ');
        const words = [line.name, why, ...line.copies.map(({ title }) => title)].join(' ').toLowerCase();
        return { ...line, why, words, isPassedOn: !line.copies.length };
    });
}

/** The cells of a field in a file: a line for each copy, or one that says that there is none. */
export function lineOf({ name, why, copies }) {
    if (!copies.length) return [[name, why, labels.noCopy, '', '']];
    return copies.map(({ title, kept, seen_by: seenBy }) => [name, why, title, kept, seenBy]);
}
