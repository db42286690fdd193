// The weights of the execution score, while an admin changes them: values in, values out.
import { format, planLabels } from 'c/accordLabels';
import { scoreLabels as labels } from 'c/accordSettingsLabels';

export const FULL = 100;
/** The factors in their order, each with what it counts. */
export const FACTORS = [
    { factor: 'criteria', name: planLabels.scoreCriteria, text: labels.criteriaText },
    { factor: 'progress', name: planLabels.scoreProgress, text: labels.progressText },
    { factor: 'customers_invited', name: planLabels.scoreInvited, text: labels.invitedText },
    { factor: 'customers_accepted', name: planLabels.scoreAccepted, text: labels.acceptedText },
    { factor: 'deal_stage', name: planLabels.scoreDeal, text: labels.dealText }
];

export const draftOf = ({ weights }) => ({ weights });
export const settingsOf = (draft) => ({ weights: draft.weights });
export const withWeight = (draft, factor, weight) => ({ weights: { ...draft.weights, [factor]: weight } });
export const sumOf = ({ weights }) => FACTORS.reduce((sum, { factor }) => sum + (Number(weights[factor]) || 0), 0);

/** What is to be done so that the weights are all the points there are. */
export function sumText(draft) {
    const sum = sumOf(draft);
    if (sum === FULL) return format(labels.sum, sum);
    return sum < FULL ? format(labels.sumMore, sum, FULL - sum) : format(labels.sumLess, sum, sum - FULL);
}

export const factsOf = (draft) => new Map(FACTORS.map(({ factor, name }) => [factor, { name, text: String(draft.weights[factor]) }]));
/** My draft with what somebody else has changed; what both have changed stays mine. */
export const mergeOf = (base, mine, theirs) => ({
    weights: Object.fromEntries(
        FACTORS.map(({ factor }) => {
            const isMine = mine.weights[factor] !== base.weights[factor];
            return [factor, (isMine ? mine : theirs).weights[factor]];
        })
    )
});
