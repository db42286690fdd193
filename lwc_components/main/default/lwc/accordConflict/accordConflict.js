import { LightningElement, api } from 'lwc';
import labels, { format } from 'c/accordLabels';

/** Both values of a field that somebody else changed meanwhile, and the choice between them. Events: keepmine, taketheirs. */
export default class AccordConflict extends LightningElement {
    @api label;
    @api yours;
    @api theirs;

    labels = labels;

    get heading() {
        return format(labels.conflictTitle, this.label);
    }
    /** The visible words come first, so that the button can also be named by voice. */
    get keepLabel() {
        return `${labels.keepMine}: ${format(labels.keepMineOf, this.label)}`;
    }
    get takeLabel() {
        return `${labels.takeTheirs}: ${format(labels.takeTheirsOf, this.label)}`;
    }

    @api focus() {
        this.template.querySelector('[data-keep]').focus();
    }

    handleKeep() {
        this.dispatchEvent(new CustomEvent('keepmine'));
    }

    handleTake() {
        this.dispatchEvent(new CustomEvent('taketheirs'));
    }
}
