import { LightningElement, api } from 'lwc';
import { shellLabels as labels } from 'c/accordSettingsLabels';

/** Where a table may be wider than its page: it scrolls by itself, by keyboard too, and says so while there is more to see at the side. */
export default class AccordWide extends LightningElement {
    /** What the table holds. */
    @api label;
    /** Whether it scrolls up and down too, instead of making the page long. */
    @api isShort = false;

    labels = labels;
    isWider = false;
    _watch = null;

    get look() {
        return `scroll${this.isShort ? ' is-short' : ''}`;
    }
    /** Both may change: the place that the page has, and what the table needs. */
    renderedCallback() {
        if (this._watch) return;
        const region = this.template.querySelector('[data-scroll]');
        this._watch = new ResizeObserver(() => {
            this.isWider = region.scrollWidth > region.clientWidth;
        });
        [region, this.querySelector('table')].filter(Boolean).forEach((one) => this._watch.observe(one));
    }
    disconnectedCallback() {
        this._watch?.disconnect();
        this._watch = null;
    }
}
