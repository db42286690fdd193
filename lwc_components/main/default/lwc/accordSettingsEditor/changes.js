// What somebody else has changed, as lines to read. Facts are Maps of key -> {name, text, is}.
import { format } from 'c/accordLabels';
import { shellLabels as labels } from 'c/accordSettingsLabels';

const shownOf = ({ text }) => text || '\u2013';

/**
 * What `theirs` has that `base` had not, one line for each fact.
 * A fact is {name, text, is}: `is` says what makes it the same one where its words alone do not, as of an order of things with names.
 * @param mine the facts as the person at the screen has them: `both` says that he has changed the same, to something else
 */
export function changesOf(base, mine, theirs) {
    const keys = [...new Set([...base.keys(), ...theirs.keys()])];
    const isOf = (one) => one?.is ?? one?.text;
    const same = (one, other) => isOf(one) === isOf(other);
    const changed = keys.filter((key) => !same(base.get(key), theirs.get(key)));
    // what came and went says enough about the order
    const isOrderTold = changed.some((key) => !base.has(key) || !theirs.has(key));
    return changed
        .filter((key) => key !== 'order' || !isOrderTold)
        .map((key) => {
            const [before, after] = [base.get(key), theirs.get(key)];
            const { name } = after ?? before;
            const both = !same(base.get(key), mine.get(key)) && !same(mine.get(key), after);
            if (!before) return { key, both, text: format(labels.changeAdded, name) };
            if (!after) return { key, both, text: format(labels.changeRemoved, name) };
            return { key, both, text: format(labels.changeChanged, name, shownOf(before), shownOf(after)) };
        });
}
