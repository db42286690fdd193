import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { momentOf, numberOf } from 'c/accordMoments';
import { findMessage, messages, seeMessage, sendTestMessage } from 'c/accordSettingsApi';
import { messagesLabels as labels } from 'c/accordSettingsLabels';
import { isOnItsWay, toldOf } from './told';

const PAGE = 20;
const LOOK_AGAIN_MS = 2000;
const MOST_LOOKS = 15;
const LOOKS = {
    trouble: { word: labels.trouble, icon: 'utility:warning', variant: 'warning' },
    well: { word: labels.well, icon: 'utility:success', variant: 'success' },
    test: { word: labels.test, icon: 'utility:info', variant: null }
};

function shown(message) {
    const { since, until, count, title, state, seen } = message;
    return {
        ...message,
        ...LOOKS[state],
        isUnread: !seen,
        ways: toldOf(message),
        look: `card ${state}`,
        when: until ? format(labels.until, momentOf(since), momentOf(until)) : format(labels.since, momentOf(since)),
        times: count > 1 ? format(labels.times, numberOf(count)) : null,
        seeLabel: format(labels.seeOf, title)
    };
}

/** What admins have to know: an inbox, and from when they are told. Events: seen, when one was read; announce. */
export default class AccordMessages extends LightningElement {
    labels = labels;
    failure = null;
    found = null;
    hasOlder = false;
    unseenOnly = false;
    problem = null;
    isBusy = false;
    isTesting = false;
    _isFocusDue = false;
    _timer = null;

    connectedCallback() {
        this.load();
    }
    disconnectedCallback() {
        clearTimeout(this._timer);
    }
    renderedCallback() {
        if (!this._isFocusDue) return;
        this._isFocusDue = false;
        this.template.querySelector('[data-count]')?.focus();
    }
    @api get hasUnsaved() {
        return Boolean(this.template.querySelector('c-accord-message-settings')?.hasUnsaved);
    }
    async fetch(before) {
        const wanted = { unseen: this.unseenOnly ? 'true' : null, before, limit: PAGE };
        const page = await messages(wanted);
        this.hasOlder = page.length === PAGE;
        return page;
    }
    async load() {
        this.failure = null;
        try {
            this.found = await this.fetch();
        } catch (error) {
            this.failure = error;
        }
    }

    get isBlank() {
        return !this.found || Boolean(this.failure);
    }
    get items() {
        return this.found.map(shown);
    }
    get count() {
        const { length } = this.found;
        if (!length) return this.unseenOnly ? labels.noneUnseen : labels.none;
        return length === 1 ? labels.countOne : format(labels.count, length);
    }
    get olderText() {
        return this.isBusy ? labels.loading : labels.older;
    }

    get testText() {
        return this.isTesting ? labels.testSending : labels.testSend;
    }

    handleUnseen({ target }) {
        this.unseenOnly = target.checked;
        this.load();
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
    handleTest() {
        this.attempt(async () => {
            const sent = await sendTestMessage();
            this.found = [sent, ...this.found];
            this.isTesting = true;
            this.follow(sent, MOST_LOOKS);
        });
    }
    /** Looks again what has become of a test message, until nothing of it is on its way, and tells that. */
    follow(message, looks) {
        if (isOnItsWay(message) && looks) {
            // eslint-disable-next-line @lwc/lwc/no-async-operation -- mail and bell go on without the page; it ends with the page
            this._timer = setTimeout(() => this.lookAgain(message, looks - 1), LOOK_AGAIN_MS);
            return;
        }
        this.isTesting = false;
        const told = toldOf(message).map(({ text }) => text);
        this.dispatchEvent(new CustomEvent('announce', { detail: { text: format(labels.testSent, told.join(' ')) } }));
    }
    async lookAgain(message, looks) {
        try {
            const now = await findMessage(message.id);
            this.found = this.found.map((one) => (one.id === now.id ? now : one));
            this.follow(now, looks);
        } catch (error) {
            Object.assign(this, { isTesting: false, problem: error.message });
        }
    }
    handleOlder() {
        this.attempt(async () => {
            const older = await this.fetch(this.found.at(-1).id);
            this.found = [...this.found, ...older];
        });
    }
    handleSee({ currentTarget }) {
        const { id } = currentTarget.dataset;
        this.attempt(async () => {
            await seeMessage(id);
            this.found = this.found.map((message) => (message.id === id ? { ...message, seen: true } : message));
            this._isFocusDue = true;
            this.dispatchEvent(new CustomEvent('seen'));
            this.dispatchEvent(new CustomEvent('announce', { detail: { text: labels.seen } }));
        });
    }
}
