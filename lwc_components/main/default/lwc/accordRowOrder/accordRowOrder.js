import { LightningElement, api } from 'lwc';

const ICONS = {
    up: 'utility:arrowup',
    down: 'utility:arrowdown',
    swap: 'utility:sort',
    edit: 'utility:edit',
    remove: 'utility:delete'
};
const STEPS = { up: -1, down: 1 };

/** The buttons of a row in an ordered list. Events: move, with {by}; swap (into another list), edit and remove. */
export default class AccordRowOrder extends LightningElement {
    /** {up, down, swap, edit, remove}: what each button says of this row; without words for swap or edit there is no such button. */
    @api names;
    /** The place of the row, from 0, and how many rows there are. */
    @api place;
    @api count;
    _last = 'up';

    get buttons() {
        const isOff = { up: this.place === 0, down: this.place === this.count - 1 };
        return Object.entries(ICONS)
            .filter(([name]) => this.names[name])
            .map(([name, icon]) => ({ name, icon, label: this.names[name], isOff: Boolean(isOff[name]) }));
    }
    /** The button that was pressed has the focus again, so that a row is moved several places by one key; at the end the other. */
    @api focus(pressed = this._last) {
        const find = (name) => this.template.querySelector(`[data-do="${name}"]:not([disabled])`);
        (find(pressed) ?? find('up') ?? find('down') ?? find('remove')).focus();
    }
    handleClick({ currentTarget }) {
        const name = currentTarget.dataset.do;
        this._last = name;
        if (name in STEPS) this.dispatchEvent(new CustomEvent('move', { detail: { by: STEPS[name] } }));
        else this.dispatchEvent(new CustomEvent(name));
    }
}
