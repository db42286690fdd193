import { LightningElement } from 'lwc';
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
export default class AccordTwoWayProblems extends LightningElement {
    labels = labels;
    failure = null;
    problem = null;
    rows = null;
    next = null;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            const { problems, next_after: next } = await twoWayProblems(this.next);
            Object.assign(this, { rows: [...(this.rows ?? []), ...problems.map(shown)], next });
        } catch (error) {
            this.failure = error;
        }
    }
    handleRetry() {
        this.failure = null;
        this.load();
    }
    handleMore() {
        this.load();
    }
    get isBlank() {
        return !this.rows || Boolean(this.failure);
    }
    get isEmpty() {
        return !this.rows.length;
    }

    /** A value that was frozen because it flipped goes on. */
    async handleThaw({ currentTarget }) {
        const { key } = currentTarget.dataset;
        const { plan_id: planId, linked } = this.rows.find((row) => row.key === key);
        this.problem = null;
        try {
            await thawTwoWay(planId, linked);
            this.rows = this.rows.filter((row) => row.key !== key);
            this.dispatchEvent(new CustomEvent('announce', { detail: { text: labels.thawed } }));
            this.template.querySelector('[data-heading]').focus();
        } catch (error) {
            this.problem = error.message;
        }
    }
}
