import { LightningElement } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { format } from 'c/accordLabels';
import { autoCreateWaiting } from 'c/accordSettingsApi';
import { orgAddress } from 'c/accordSettingsSource';
import { autoCreateLabels as labels } from 'c/accordSettingsLabels';

const momentOf = (moment) => new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));

const shown = (row) => ({
    ...row,
    when: format(labels.waitingSince, row.rule, momentOf(row.since)),
    deal: orgAddress(`lightning/r/Opportunity/${row.opportunity_id}/view`),
    user: orgAddress(`lightning/r/User/${row.user_id}/view`)
});

/** The deals that get their plan when somebody can be its point person. No value of theirs is in it. */
export default class AccordAutoWaiting extends LightningElement {
    labels = labels;
    failure = null;
    rows = null;
    next = null;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            const { deals, next_after: next } = await autoCreateWaiting(this.next);
            Object.assign(this, { rows: [...(this.rows ?? []), ...deals.map(shown)], next });
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
}
