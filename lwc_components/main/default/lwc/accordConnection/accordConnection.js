import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { momentDay } from 'c/accordMoments';
import { connection, notices } from 'c/accordSettingsApi';
import { connectionLabels as labels } from 'c/accordSettingsLabels';

/** Which org is connected, with whose login, what ends soon; and the doctor. */
export default class AccordConnection extends LightningElement {
    labels = labels;
    failure = null;
    known = null;
    notices = [];

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            const [known, found] = await Promise.all([connection(), notices()]);
            this.notices = found.map((notice) => ({ ...notice, key: `${notice.kind} ${notice.subject}` }));
            this.known = known;
        } catch (error) {
            this.failure = error;
        }
    }
    handleRetry() {
        this.failure = null;
        this.load();
    }

    get isBlank() {
        return !this.known;
    }
    get facts() {
        const { label, org_id: id, instance_url: address, is_sandbox: isSandbox, status, integration_username: owner } = this.known;
        return [
            { name: labels.name, text: label },
            { name: labels.kind, text: isSandbox ? labels.sandbox : labels.production },
            { name: labels.status, text: status === 'live' ? labels.live : labels.held },
            { name: labels.address, text: address },
            { name: labels.id, text: id },
            { name: labels.owner, text: owner }
        ];
    }
    get isQuiet() {
        return !this.notices.length;
    }
    get hasNoCertificate() {
        return !this.known.certificates.length;
    }
    get certificates() {
        return this.known.certificates.map(({ fingerprint, active, ends_at: end }) => ({
            fingerprint,
            text: format(active ? labels.certificateActive : labels.certificateRetired, momentDay(end))
        }));
    }
}
