// The sync of contacts while an admin changes it: values in, values out.
import { contactsLabels as labels } from 'c/accordSettingsLabels';

export const draftOf = (answer) => answer;
export const settingsOf = ({ enabled, lead_source: source }) => ({ enabled, lead_source: source });

/** What another admin is told about. */
export const factsOf = ({ enabled, lead_source: source }) =>
    new Map([
        ['enabled', { name: labels.enabled, text: enabled ? labels.on : labels.off }],
        ['lead_source', { name: labels.source, text: source ?? '' }]
    ]);

const newer = (base, mine, theirs) => (mine === base ? theirs : mine);

/** My draft with what somebody else has changed; what both have changed stays mine. */
export const mergeOf = (base, mine, theirs) => ({
    ...theirs,
    enabled: newer(base.enabled, mine.enabled, theirs.enabled),
    lead_source: newer(base.lead_source, mine.lead_source, theirs.lead_source)
});
