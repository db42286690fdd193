// The two values that are kept equal on both sides, while an admin changes how: values in, values out.
import { format } from 'c/accordLabels';
import { twoWayLabels as labels } from 'c/accordSettingsLabels';

export const LINKS = ['close_date', 'amount'];
const CHOICES = ['enabled', 'policy', 'ask_days', 'ask_default'];
const TITLES = { close_date: labels.closeDate, amount: labels.amount };
const POLICIES = { salesforce: labels.policySalesforce, ours: labels.policyOurs, newest: labels.policyNewest, ask: labels.policyAsk };

export const titleOf = (link) => TITLES[link];
const chosen = (link) => Object.fromEntries(CHOICES.map((name) => [name, link[name]]));

export const draftOf = (answer) => answer;
export const settingsOf = (draft) => ({
    ...Object.fromEntries(LINKS.map((link) => [link, chosen(draft[link])])),
    org_currency: draft.org_currency
});
export const withLink = (draft, link, changes) => ({ ...draft, [link]: { ...draft[link], ...changes } });

function policyText({ policy, ask_days: days, ask_default: otherwise }) {
    return policy === 'ask' ? format(labels.factAsk, days, POLICIES[otherwise]) : POLICIES[policy];
}

/** What another admin is told about. */
export function factsOf(draft) {
    const ofLink = (link) => [
        [`${link}.enabled`, { name: titleOf(link), text: draft[link].enabled ? labels.on : labels.off }],
        [`${link}.policy`, { name: format(labels.factPolicy, titleOf(link)), text: policyText(draft[link]) }]
    ];
    return new Map([...LINKS.flatMap(ofLink), ['currency', { name: labels.currency, text: draft.org_currency ?? '' }]]);
}

const newer = (base, mine, theirs) => (mine === base ? theirs : mine);

/** My draft with what somebody else has changed; what both have changed stays mine. */
export function mergeOf(base, mine, theirs) {
    const ofLink = (link) => {
        const isPolicyMine = policyText(mine[link]) !== policyText(base[link]);
        const policy = isPolicyMine ? mine[link] : theirs[link];
        return { ...theirs[link], ...chosen(policy), enabled: newer(base[link].enabled, mine[link].enabled, theirs[link].enabled) };
    };
    return {
        ...theirs,
        ...Object.fromEntries(LINKS.map((link) => [link, ofLink(link)])),
        org_currency: newer(base.org_currency, mine.org_currency, theirs.org_currency)
    };
}
