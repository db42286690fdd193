import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { adminPagesLabels as admin, shellLabels as labels } from 'c/accordSettingsLabels';

/** The left bar: groups of pages. Event: go, with the page. */
export default class AccordSettingsNav extends LightningElement {
    /** [{title, items: [{page, title}]}] */
    @api groups;
    /** The page of the bar that is open, or under which the open one stands. */
    @api current;
    /** Whether the open page is one under `current`. */
    @api isBelow = false;
    /** How many messages are unread, as text, or null. */
    @api unread = null;
    labels = labels;
    /** On a narrow page the bar is a menu, closed at first; on a wide one it always stands open. */
    isOpen = false;

    get expanded() {
        return String(this.isOpen);
    }
    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get look() {
        return `slds-nav-vertical nav${this.isOpen ? '' : ' nav_closed'}`;
    }
    get news() {
        return this.unread ? { shown: this.unread, said: format(admin.unread, this.unread) } : null;
    }
    get sections() {
        const itemOf = (item) => {
            const isCurrent = item.page === this.current;
            const mark = this.isBelow ? 'true' : 'page';
            const look = `slds-nav-vertical__item${isCurrent ? ' slds-is-active' : ''}`;
            return { ...item, unread: item.page === 'messages' ? this.news : null, look, current: isCurrent ? mark : null };
        };
        return this.groups.map((group) => ({ ...group, items: group.items.map(itemOf) }));
    }
    handleMenu() {
        this.isOpen = !this.isOpen;
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || !this.isOpen) return;
        event.stopPropagation();
        this.isOpen = false;
        this.template.querySelector('[data-menu]').focus();
    }
    handleClick({ currentTarget }) {
        this.isOpen = false;
        this.dispatchEvent(new CustomEvent('go', { detail: { page: currentTarget.dataset.page } }));
    }
}
