import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { momentDay, momentOf } from 'c/accordMoments';
import { makeConnectLink, retireCertificate } from 'c/accordSettingsApi';
import { trustLabels as labels } from 'c/accordSettingsLabels';

/** The certificates with which Apex signs: retired here, and a code for a new one. Events: announce, changed (one was retired). */
export default class AccordCertificates extends LightningElement {
    @api certificates;

    labels = labels;
    /** The fingerprint that is asked about. */
    asked = null;
    isBusy = false;
    problem = null;
    /** A code as it was made; gone when it is hidden. */
    made = null;

    get isEmpty() {
        return !this.certificates.length;
    }
    get rows() {
        return this.certificates.map(({ fingerprint, active, ends_at: end }) => ({
            fingerprint,
            active,
            isAsked: fingerprint === this.asked,
            text: format(active ? labels.active : labels.retired, momentDay(end)),
            retireLabel: format(labels.retireLabel, fingerprint)
        }));
    }
    get question() {
        const isLast = this.certificates.filter(({ active }) => active).length === 1;
        return format(isLast ? labels.retireAskLast : labels.retireAsk, this.asked);
    }
    get makeText() {
        return this.isBusy ? labels.making : labels.makeCode;
    }
    /** A question tells its own problem. */
    get makeProblem() {
        return this.asked ? null : this.problem;
    }
    get madeText() {
        return format(labels.codeText, momentOf(this.made.expires_at));
    }
    get madeFacts() {
        return [
            { name: labels.codeAddress, text: this.made.address },
            { name: labels.code, text: this.made.secret }
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
    handleAsk({ currentTarget }) {
        Object.assign(this, { asked: currentTarget.dataset.fingerprint, problem: null });
    }
    handleCancel() {
        Object.assign(this, { asked: null, problem: null });
        this.template.querySelector('[data-heading]').focus();
    }
    handleRetire() {
        this.attempt(async () => {
            await retireCertificate(this.asked);
            this.asked = null;
            this.announce(labels.retiredNow);
            this.dispatchEvent(new CustomEvent('changed'));
        });
    }
    handleMake() {
        this.attempt(async () => {
            this.made = await makeConnectLink();
        });
    }
    handleHide() {
        this.made = null;
        this.announce(labels.hidden);
    }
}
