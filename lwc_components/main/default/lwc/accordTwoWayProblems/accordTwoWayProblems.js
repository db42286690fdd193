import AccordPagedList from 'c/accordPagedList';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { thawTwoWay, twoWayProblems } from 'c/accordSettingsApi';
import { orgAddress } from 'c/accordSettingsSource';
import { twoWayLabels as labels } from 'c/accordSettingsLabels';

const STANDINGS = { conflict: labels.standingConflict, frozen: labels.standingFrozen, apart: labels.standingApart };
const TITLES = { close_date: labels.valueCloseDate, amount: labels.valueAmount };

const shown = (row) => ({
    ...row,
    key: `${row.plan_id}.${row.linked}`,
    title: TITLES[row.linked],
    standingText: STANDINGS[row.standing],
    isFrozen: row.standing === 'frozen',
    when: row.since ? format(labels.since, momentOf(row.since)) : null,
    address: orgAddress(`lightning/r/Opportunity/${row.opportunity_id}/view`)
});

/** The deals whose two sides are not equal and will not become so by themselves. No value is in it. Event: announce. */
export default class AccordTwoWayProblems extends AccordPagedList {
    labels = labels;
    pageAfter = async (after) => {
        const { problems, next_after: next } = await twoWayProblems(after);
        return { rows: problems.map(shown), next };
    };

    /** A value that was frozen because it flipped goes on. */
    handleThaw({ currentTarget }) {
        const { key } = currentTarget.dataset;
        const { plan_id: planId, linked } = this.rows.find((row) => row.key === key);
        return this.settle(
            () => thawTwoWay(planId, linked),
            (row) => row.key === key,
            labels.thawed
        );
    }
}
