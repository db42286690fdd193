import { LightningElement, api } from 'lwc';
import { shellLabels as labels } from 'c/accordSettingsLabels';

/** The left bar: groups of pages. Event: go, with the page. */
export default class AccordSettingsNav extends LightningElement {
    /** [{title, items: [{page, title}]}] */
    @api groups;
    /** The page of the bar that is open, or under which the open one stands. */
    @api current;
    /** Whether the open page is one under `current`. */
    @api isBelow = false;
    labels = labels;

    get sections() {
        const itemOf = (item) => {
            const isCurrent = item.page === this.current;
            const mark = this.isBelow ? 'true' : 'page';
            const look = `slds-nav-vertical__item${isCurrent ? ' slds-is-active' : ''}`;
            return { ...item, look, current: isCurrent ? mark : null };
        };
        return this.groups.map((group) => ({ ...group, items: group.items.map(itemOf) }));
    }
    handleClick({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('go', { detail: { page: currentTarget.dataset.page } }));
    }
}
