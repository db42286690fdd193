import { LightningElement, api } from 'lwc';
import { differenceText } from 'c/accordChangeWords';
import { format } from 'c/accordLabels';
import { fileLabels as labels } from 'c/accordSettingsLabels';

const pageOf = ({ kind, title, changes }) => ({
    kind,
    title: changes.length === 1 ? format(labels.pageOfOne, title) : format(labels.pageOf, title, changes.length),
    changes: changes.map((change) => ({ key: change.path, text: differenceText(change) }))
});

/** What a settings file would change here, page by page, and what this org lacks for it. */
export default class AccordSettingsDiff extends LightningElement {
    /** What the check of the file has answered. */
    @api found;
    labels = labels;

    get pages() {
        return this.found.differences.map(pageOf);
    }
    get hasLacks() {
        return this.found.lacks.length > 0;
    }
    get lacks() {
        return this.found.lacks.map(({ kind, key, message }, place) => ({ id: `${kind} ${key} ${place}`, message }));
    }
    get isSame() {
        return !this.found.differences.length && !this.hasLacks;
    }
    get hasDifferences() {
        return this.found.differences.length > 0;
    }
}
