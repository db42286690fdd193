import AccordEnding from 'c/accordEnding';
import { format } from 'c/accordLabels';
import { momentDay } from 'c/accordMoments';
import { clients, endClient, makeClient } from 'c/accordSettingsApi';
import { trustLabels as labels } from 'c/accordSettingsLabels';

const ROLES = { flow: labels.clientFlow, service: labels.clientService };

/** The logins of applications: made with a secret that is shown once, and ended. Event: announce. */
export default class AccordClients extends AccordEnding {
    failure = null;
    found = null;
    role = 'flow';

    connectedCallback() {
        this.load();
    }
    async load() {
        this.failure = null;
        try {
            this.found = await clients();
        } catch (error) {
            this.failure = error;
        }
    }

    get isBlank() {
        return !this.found || Boolean(this.failure);
    }
    get isEmpty() {
        return !this.found.length;
    }
    get rows() {
        return this.found.map(({ client_id: id, role, made_at: at, active }) => ({
            id,
            active,
            isAsked: id === this.asked,
            text: [ROLES[role] ?? role, format(labels.clientSince, momentDay(at)), ...(active ? [] : [labels.clientEnded])].join(', '),
            endLabel: format(labels.endLabel, id)
        }));
    }
    get roles() {
        return Object.entries(ROLES).map(([value, label]) => ({ value, label, isChosen: value === this.role }));
    }
    get question() {
        return format(labels.endAsk, this.asked);
    }
    get makeText() {
        return this.isBusy ? labels.making : labels.makeClient;
    }
    get madeFacts() {
        return [
            { name: labels.clientId, text: this.made.client_id },
            { name: labels.clientSecret, text: this.made.secret }
        ];
    }

    handleRole({ target }) {
        this.role = target.value;
    }
    handleMake() {
        this.attempt(async () => {
            this.made = await makeClient(this.role);
            await this.load();
        });
    }
    handleEnd() {
        this.attempt(async () => {
            await endClient(this.asked);
            this.asked = null;
            await this.load();
            this.announce(labels.ended);
        });
    }
}
