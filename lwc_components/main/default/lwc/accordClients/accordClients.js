import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { momentDay } from 'c/accordMoments';
import { clients, endClient, makeClient } from 'c/accordSettingsApi';
import { trustLabels as labels } from 'c/accordSettingsLabels';

const ROLES = { flow: labels.clientFlow, service: labels.clientService };

/** The logins of applications: made with a secret that is shown once, and ended. Event: announce. */
export default class AccordClients extends LightningElement {
    labels = labels;
    failure = null;
    found = null;
    role = 'flow';
    /** The id that is asked about. */
    asked = null;
    isBusy = false;
    problem = null;
    /** A login as it was made; gone when it is hidden. */
    made = null;

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
    /** A question tells its own problem. */
    get makeProblem() {
        return this.asked ? null : this.problem;
    }
    get madeFacts() {
        return [
            { name: labels.clientId, text: this.made.client_id },
            { name: labels.clientSecret, text: this.made.secret }
        ];
    }

    async attempt(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isBusy = false;
        }
    }
    announce(text) {
        this.template.querySelector('[data-heading]').focus();
        this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
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
    handleHide() {
        this.made = null;
        this.announce(labels.hidden);
    }
    handleAsk({ currentTarget }) {
        Object.assign(this, { asked: currentTarget.dataset.id, problem: null });
    }
    handleCancel() {
        Object.assign(this, { asked: null, problem: null });
        this.template.querySelector('[data-heading]').focus();
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
