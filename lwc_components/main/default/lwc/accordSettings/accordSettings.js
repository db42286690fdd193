import { LightningElement, api } from 'lwc';
import { connection, messages } from 'c/accordSettingsApi';
import { shellLabels as labels } from 'c/accordSettingsLabels';
import { GROUPS, PAGES } from './pages';

const MOST_UNREAD = 50;

/** The settings tab: the left bar and one page at a time. Each page reads and saves for itself; a rep sees none of them. */
export default class AccordSettings extends LightningElement {
    labels = labels;
    groups = GROUPS;
    openPage = 'start';
    org = null;
    failure = null;
    /** The page that is asked for while this one has unsaved changes. */
    wanted = null;
    /** How many messages nobody has read, as text; null: none, or not known. */
    unread = null;
    announcement = '';
    /** Somebody comes to see each value of a dry run. */
    isLook = false;
    _focusOn = null;

    connectedCallback() {
        this.load();
    }
    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    /** Which org it is; whoever may not know it may not see a page either. */
    async load() {
        try {
            this.org = await connection();
            this.countUnread();
        } catch (error) {
            this.failure = error.code === 'NOT_ALLOWED' ? { ...error, message: labels.noAccessText } : error;
        }
    }
    handleRetry() {
        this.failure = null;
        this.load();
    }

    get hasLeft() {
        return this.failure?.code === 'ORG_DISCONNECTED';
    }
    get isBlank() {
        return !this.org;
    }
    get badge() {
        const look = 'slds-badge';
        return this.org.is_sandbox
            ? { look: `${look} slds-theme_warning`, text: labels.sandbox }
            : { look: `${look} slds-badge_lightest`, text: labels.production };
    }
    get title() {
        return PAGES[this.openPage].title;
    }
    get intro() {
        return PAGES[this.openPage].intro;
    }
    get barPage() {
        return PAGES[this.openPage].parent ?? this.openPage;
    }
    get isBelow() {
        return this.barPage !== this.openPage;
    }
    get parent() {
        return this.isBelow ? { page: this.barPage, title: PAGES[this.barPage].title } : null;
    }
    get isOpen() {
        return { [this.openPage]: true };
    }
    /** Whether leaving the page would lose what somebody has changed. */
    @api get hasUnsaved() {
        return Boolean(this.template.querySelector('[data-editor]')?.hasUnsaved);
    }

    handleGo({ detail: { page, isLook = false } }) {
        this.isLook = isLook;
        this.go(page);
    }
    handleCrumb({ currentTarget }) {
        this.go(currentTarget.dataset.page);
    }
    go(page) {
        if (page === this.openPage) return;
        if (this.hasUnsaved) {
            this.wanted = page;
            this._focusOn = '[data-ask-title]';
        } else this.open(page);
    }
    /** The title gets the focus: who came by keyboard or hears the page begins at its top. */
    open(page) {
        Object.assign(this, { openPage: page, wanted: null, announcement: '', _focusOn: '[data-title]' });
        this.lookAround();
    }
    handleStay() {
        Object.assign(this, { wanted: null, _focusOn: '[data-title]' });
    }
    handleLeave() {
        this.open(this.wanted);
    }
    /** What the shell shows on every page may have changed since it was asked. */
    lookAround() {
        this.template.querySelector('c-accord-brake-banner')?.refresh();
        this.countUnread();
    }
    async countUnread() {
        try {
            const { length } = await messages({ unseen: 'true', limit: MOST_UNREAD + 1 });
            const many = length > MOST_UNREAD ? `${MOST_UNREAD}+` : String(length);
            this.unread = length ? many : null;
        } catch {
            this.unread = null;
        }
    }
    handleAnnounce({ detail: { text } }) {
        this.announcement = text;
    }
}
