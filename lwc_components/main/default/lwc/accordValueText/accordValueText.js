import { LightningElement, api } from 'lwc';
import { partsOf } from './parts';

export { partsOf, spoken, written } from './parts';

/**
 * A text of a plan in which {{Label}} is shown as the value that Salesforce has now. It stands in the page of whoever uses it, so that
 * it is one text with what is around it: the name of a checkbox, say.
 */
export default class AccordValueText extends LightningElement {
    static renderMode = 'light';

    @api text;
    /** The variables, as rows of the panel. */
    @api variables = [];

    get parts() {
        return partsOf(this.text, this.variables);
    }
}
