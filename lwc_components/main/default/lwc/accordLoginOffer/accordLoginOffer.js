import { LightningElement, api } from 'lwc';
import { isInDoubt } from 'c/accordErrors';
import labels from 'c/accordLabels';

const TEXTS = {
    offered: labels.loginOffer,
    waiting: labels.loginWaiting,
    connected: labels.loginConnected,
    standing: labels.loginStanding,
    ended: labels.loginEnded
};
const BUTTONS = {
    offered: { connect: labels.loginConnect, dismiss: true },
    waiting: { connect: labels.loginAgain, dismiss: true, check: true },
    connected: {},
    standing: { disconnect: true },
    ended: { connect: labels.loginConnect }
};

/**
 * One line about the person's own Salesforce login: it is offered where there is a reason to, and one that stands can be given back.
 * Event: closed, when he has declined.
 */
export default class AccordLoginOffer extends LightningElement {
    /** {find, start, dismiss, drop}: functions that answer as those of c/accordRecordSource do. */
    @api ways;

    labels = labels;
    /** offered, waiting (for the end of the sign-in), connected (just now), standing or ended; null: there is nothing to say. */
    state = null;
    /** Where the sign-in goes on, when the browser has kept its window shut. */
    link = null;
    note = null;
    _isStarting = false;
    _isFocusDue = false;
    _onReturn = () => {
        if (this.state === 'waiting' && document.visibilityState !== 'hidden') this.look();
    };

    connectedCallback() {
        window.addEventListener('focus', this._onReturn);
        document.addEventListener('visibilitychange', this._onReturn);
        this.look();
    }
    disconnectedCallback() {
        window.removeEventListener('focus', this._onReturn);
        document.removeEventListener('visibilitychange', this._onReturn);
    }
    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-text]').focus();
    }

    get text() {
        return this.link ? labels.loginBlocked : TEXTS[this.state];
    }
    get isWaiting() {
        return this.state === 'waiting';
    }
    get has() {
        return BUTTONS[this.state];
    }

    /** The text gets the focus when a button that had it may go. */
    show(state, link = null) {
        this._isFocusDue = Boolean(this.template.activeElement);
        Object.assign(this, { state, link, note: null });
    }
    complain(error) {
        this.note = isInDoubt(error) ? labels.unreachable : error.message;
    }

    /** Looks how the login stands; whoever did not ask for it hears of no trouble. */
    async look() {
        try {
            const standing = await this.ways.find();
            if (this.isWaiting && standing?.connected) this.show('connected');
            else if (!this.state && standing?.connected) this.state = 'standing';
            else if (!this.state && standing?.offered) this.state = 'offered';
            return !standing?.connected;
        } catch {
            return true;
        }
    }
    async handleCheck() {
        this.note = null;
        if (await this.look()) this.note = labels.loginNotYet;
    }

    async handleConnect() {
        if (this._isStarting) return;
        this._isStarting = true;
        try {
            const { opened, authorize_url: address } = await this.ways.start();
            this.show('waiting', opened ? null : address);
        } catch (error) {
            this.complain(error);
        } finally {
            this._isStarting = false;
        }
    }
    async handleDisconnect() {
        try {
            const { ended_at_salesforce: isEnded } = await this.ways.drop();
            this.show('ended');
            if (!isEnded) this.note = labels.loginEndThere;
        } catch (error) {
            this.complain(error);
        }
    }
    async handleDismiss() {
        try {
            await this.ways.dismiss();
            this.state = null;
            this.dispatchEvent(new CustomEvent('closed'));
        } catch (error) {
            this.complain(error);
        }
    }
}
