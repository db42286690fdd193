import AccordPagedList from 'c/accordPagedList';
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
export default class AccordContactsLeftOut extends AccordPagedList {
    labels = labels;
    pageAfter = async (after) => {
        const { contacts, next_after: next } = await contactsLeftOut(after);
        return { rows: contacts.map(shown), next };
    };

    /** The contacts of the deal are read once more: who is still left out is in the list when it is loaded the next time. */
    handleAgain({ currentTarget }) {
        const { plan } = currentTarget.dataset;
        return this.settle(
            () => lookAgainAtContacts(plan),
            (row) => row.plan_id === plan,
            labels.looked
        );
    }
}
