import { LightningElement, api } from 'lwc';
import { connection, notices } from 'c/accordSettingsApi';
import { connectionLabels as labels } from 'c/accordSettingsLabels';

/** Which org is connected, with whose login, what ends soon; the doctor, and everything that gives trust or takes it. Event: announce. */
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
    @api get hasUnsaved() {
        return Boolean(this.template.querySelector('c-accord-connection-dates')?.hasUnsaved);
    }
    /** What was saved or retired changes what ends soon. */
    handleChanged() {
        this.load();
    }
    handleAnnounce({ detail }) {
        this.dispatchEvent(new CustomEvent('announce', { detail }));
    }
}
