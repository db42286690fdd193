import { LightningElement, api } from 'lwc';
import { shellLabels as labels } from 'c/accordSettingsLabels';

/** The bar at the lower edge while there is something to save, and the line that says that it is saved. Events: save, discard. */
export default class AccordSaveBar extends LightningElement {
    @api isDirty = false;
    @api isSaving = false;
    @api isSaved = false;
    /** Why nothing was saved. */
    @api problem = null;
    labels = labels;

    get isOpen() {
        return this.isDirty || this.isSaving;
    }
    get text() {
        return this.problem ?? labels.unsaved;
    }
    get role() {
        return this.problem ? 'alert' : 'status';
    }
    get saveLabel() {
        return this.isSaving ? labels.saving : labels.save;
    }
    @api focus() {
        this.template.querySelector('[data-save]')?.focus();
    }
    handleSave() {
        this.dispatchEvent(new CustomEvent('save'));
    }
    handleDiscard() {
        this.dispatchEvent(new CustomEvent('discard'));
    }
}
