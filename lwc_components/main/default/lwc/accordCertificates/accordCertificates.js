import { api } from 'lwc';
import AccordEnding from 'c/accordEnding';
import { format } from 'c/accordLabels';
import { momentDay, momentOf } from 'c/accordMoments';
import { makeConnectLink, retireCertificate } from 'c/accordSettingsApi';
import { trustLabels as labels } from 'c/accordSettingsLabels';

/** The certificates with which Apex signs: retired here, and a code for a new one. Events: announce, changed (one was retired). */
export default class AccordCertificates extends AccordEnding {
    @api certificates;

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
    get madeText() {
        return format(labels.codeText, momentOf(this.made.expires_at));
    }
    get madeFacts() {
        return [
            { name: labels.codeAddress, text: this.made.address },
            { name: labels.code, text: this.made.secret }
        ];
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
}
