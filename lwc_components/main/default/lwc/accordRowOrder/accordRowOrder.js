import { LightningElement, api } from 'lwc';

/** The buttons of a row in an ordered list: up, down, remove. Events: move, with {by}; remove. */
export default class AccordRowOrder extends LightningElement {
    /** {up, down, remove}: what each button says of this row. */
    @api names;
    /** The place of the row, from 0, and how many rows there are. */
    @api place;
    @api count;
    _last = 'up';

    get buttons() {
        const { up, down, remove } = this.names;
        return [
            { name: 'up', label: up, icon: 'utility:arrowup', isOff: this.place === 0 },
            { name: 'down', label: down, icon: 'utility:arrowdown', isOff: this.place === this.count - 1 },
            { name: 'remove', label: remove, icon: 'utility:delete', isOff: false }
        ];
    }
    /** The button that was pressed has the focus again, so that a row is moved several places by one key; at the end the other. */
    @api focus(pressed = this._last) {
        const find = (name) => this.template.querySelector(`[data-do="${name}"]:not([disabled])`);
        (find(pressed) ?? find('up') ?? find('down') ?? find('remove')).focus();
    }
    handleClick({ currentTarget: { dataset } }) {
        this._last = dataset.do;
        if (dataset.do === 'remove') this.dispatchEvent(new CustomEvent('remove'));
        else this.dispatchEvent(new CustomEvent('move', { detail: { by: dataset.do === 'up' ? -1 : 1 } }));
    }
}
