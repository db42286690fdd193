// What a rule may name, as lists to choose from: values in, values out.
import { format } from 'c/accordLabels';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';

/** The stages from this one on up to the last that is won, as the org has them in order; without those that are lost. */
export function stagesFrom(stages, first) {
    const from = stages.findIndex(({ value }) => value === first);
    const won = stages.map(({ is_won: isWon }) => isWon).lastIndexOf(true);
    const until = won < from ? stages.length : won + 1;
    return stages
        .slice(from, until)
        .filter(({ is_lost: isLost }) => !isLost)
        .map(({ value }) => value);
}

/** Chosen values in the order of the list, whatever was clicked first; what the list does not have stays at the end. */
export function toggled(chosen, order, value, isOn) {
    const next = new Set(isOn ? [...chosen, value] : chosen.filter((one) => one !== value));
    return [...order.filter((one) => next.has(one)), ...[...next].filter((one) => !order.includes(one))];
}

/** The choices of a list with what is chosen; a value that the org does not have any more is shown, so that it can be taken out. */
export function choicesOf(options, chosen) {
    const known = options.map(({ value, label }) => ({ value, label, checked: chosen.includes(value) }));
    const values = new Set(known.map(({ value }) => value));
    const gone = chosen.filter((value) => !values.has(value));
    return [...known, ...gone.map((value) => ({ value, label: format(labels.gone, value), checked: true }))];
}
