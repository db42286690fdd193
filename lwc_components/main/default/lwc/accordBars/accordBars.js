import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';

/** Numbers as bars beside their words: a table to whoever hears it, a small chart to whoever sees it. */
export default class AccordBars extends LightningElement {
    /** What is counted. */
    @api label;
    /** [{key, label, value}] */
    @api items = [];
    /** The value of a full bar; the largest of all when left out. */
    @api full;

    get rows() {
        const full = this.full || Math.max(1, ...this.items.map(({ value }) => value));
        const shareOf = (value) => Math.min(100, Math.round((value / full) * 100));
        return this.items.map((item) => ({
            ...item,
            text: new Intl.NumberFormat(LOCALE).format(item.value),
            style: `width: ${shareOf(item.value)}%`
        }));
    }
}
