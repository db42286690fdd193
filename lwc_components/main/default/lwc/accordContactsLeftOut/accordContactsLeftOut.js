import { LightningElement } from 'lwc';
import { contactsLeftOut, lookAgainAtContacts } from 'c/accordSettingsApi';
import { orgAddress } from 'c/accordSettingsSource';
import { contactsLabels as labels } from 'c/accordSettingsLabels';

const shown = (row) => ({
    ...row,
    key: `${row.plan_id}.${row.contact_id}`,
    contactAddress: orgAddress(`lightning/r/Contact/${row.contact_id}/view`),
    dealAddress: orgAddress(`lightning/r/Opportunity/${row.opportunity_id}/view`)
});

/** Contacts of deals that are no members of the plans, each with the reason. No name is in it. Event: announce. */
export default class AccordContactsLeftOut extends LightningElement {
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
            const { contacts, next_after: next } = await contactsLeftOut(this.next);
            Object.assign(this, { rows: [...(this.rows ?? []), ...contacts.map(shown)], next });
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

    /** The contacts of the deal are read once more: who is still left out is in the list when it is loaded the next time. */
    async handleAgain({ currentTarget }) {
        const { plan } = currentTarget.dataset;
        this.problem = null;
        try {
            await lookAgainAtContacts(plan);
            this.rows = this.rows.filter((row) => row.plan_id !== plan);
            this.dispatchEvent(new CustomEvent('announce', { detail: { text: labels.looked } }));
            this.template.querySelector('[data-heading]').focus();
        } catch (error) {
            this.problem = error.message;
        }
    }
}
