import { LightningElement, api } from 'lwc';
import { costText } from 'c/accordCostWords';
import { format } from 'c/accordLabels';
import { costOverview } from 'c/accordSettingsApi';
import { costLabels as labels } from 'c/accordSettingsLabels';

/** What one part of Accord costs a day, beside what the org has left: a note on its page. */
export default class AccordCostNote extends LightningElement {
    /** As the API names it: two_way. */
    @api feature;
    labels = labels;
    text = labels.noteLooking;

    connectedCallback() {
        this.load();
    }
    async load() {
        try {
            this.text = costText(await costOverview(), this.feature);
        } catch (error) {
            this.text = format(labels.unknown, error.message);
        }
    }
}
