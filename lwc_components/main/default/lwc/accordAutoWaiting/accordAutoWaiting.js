import AccordPagedList from 'c/accordPagedList';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { autoCreateWaiting } from 'c/accordSettingsApi';
import { orgAddress } from 'c/accordSettingsSource';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';

const shown = (row) => ({
    ...row,
    when: format(labels.waitingSince, row.rule, momentOf(row.since)),
    deal: orgAddress(`lightning/r/Opportunity/${row.opportunity_id}/view`),
    user: orgAddress(`lightning/r/User/${row.user_id}/view`)
});

/** The deals that get their plan when somebody can be its point person. No value of theirs is in it. */
export default class AccordAutoWaiting extends AccordPagedList {
    labels = labels;
    pageAfter = async (after) => {
        const { deals, next_after: next } = await autoCreateWaiting(after);
        return { rows: deals.map(shown), next };
    };
}
