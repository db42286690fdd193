import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { momentOf } from 'c/accordMoments';
import { trustEvents } from 'c/accordSettingsApi';
import { trustLabels as labels } from 'c/accordSettingsLabels';

const KINDS = {
    link_made: labels.kindLinkMade,
    sign_in_refused: labels.kindSignInRefused,
    admin_proved: labels.kindAdminProved,
    org_connected: labels.kindOrgConnected,
    org_change_seen: labels.kindOrgChangeSeen,
    org_confirmed: labels.kindOrgConfirmed,
    org_disconnected: labels.kindOrgDisconnected,
    certificate_registered: labels.kindCertificateRegistered,
    certificate_retired: labels.kindCertificateRetired,
    integration_changed: labels.kindIntegrationChanged,
    client_made: labels.kindClientMade,
    client_ended: labels.kindClientEnded
};

function whoOf({ by_name: name, by_user: user }) {
    return name ?? (user ? format(labels.eventByUser, user) : labels.eventByOperator);
}

/** Who gave or took trust in this org, newest first; it is read when it is asked for. */
export default class AccordTrustEvents extends LightningElement {
    labels = labels;
    found = null;
    problem = null;

    async handleShow() {
        this.problem = null;
        try {
            this.found = await trustEvents();
        } catch (error) {
            this.problem = error.message;
        }
    }
    get isEmpty() {
        return this.found && !this.found.length;
    }
    get events() {
        return (this.found ?? []).map((event, index) => ({
            key: index,
            text: KINDS[event.kind] ?? event.kind,
            detail: event.detail,
            hint: format(labels.eventBy, momentOf(event.at), whoOf(event))
        }));
    }
}
