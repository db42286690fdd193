import { LightningElement, api } from 'lwc';
import texts, { format, partLabels as labels } from 'c/accordLabels';
import { spoken } from 'c/accordValueText';

/** What can be done with a stage: called otherwise, moved, deleted. Event: said. */
export default class AccordStageTools extends LightningElement {
    @api stage;
    /** The Salesforce values that its title may name, as rows of the panel. */
    @api variables = [];
    /** Its place among the stages, from 0, and how many there are. */
    @api place = 0;
    @api count = 1;
    @api planId;
    /** The functions of c/accordPlanApi. */
    @api ways;
    /** carry(answer) is done when the plan that it answers with is shown, and throws what is to be said here. */
    @api carry;

    labels = { ...texts, ...labels };
    isEditing = false;
    isAsking = false;
    isBusy = false;
    error = null;

    /** Whether leaving would lose something. */
    @api get hasTyped() {
        return Boolean(this.template.querySelector('c-accord-step-form')?.hasTyped);
    }

    get name() {
        return spoken(this.stage.title, this.variables);
    }
    get names() {
        const title = this.name;
        return {
            group: format(labels.stageTools, title),
            edit: format(labels.stageRenameOf, title),
            up: format(labels.stageUpOf, title),
            down: format(labels.stageDownOf, title),
            remove: format(labels.stageDeleteOf, title),
            ask: format(labels.stageDeleteAsk, title, this.stage.steps.length)
        };
    }
    get canMove() {
        return this.count > 1;
    }
    /** A button that cannot be used keeps the focus, which a disabled one would lose. */
    get isFirst() {
        return this.place === 0;
    }
    get isLast() {
        return this.place === this.count - 1;
    }
    get errorText() {
        if (!this.error) return null;
        return this.error.code === 'CHANGED_MEANWHILE' ? labels.partAgain : this.error.message;
    }
    get trouble() {
        return this.isEditing || this.isAsking ? null : this.errorText;
    }
    /** For the form, which shows what is wrong at its field. */
    get formError() {
        return this.error && { ...this.error, message: this.errorText };
    }

    handleEdit() {
        Object.assign(this, { isEditing: true, isAsking: false, error: null });
    }
    handleDelete() {
        Object.assign(this, { isAsking: true, isEditing: false, error: null });
    }
    handleClose() {
        const selector = this.isEditing ? '[data-edit]' : '[data-delete]';
        Object.assign(this, { isEditing: false, isAsking: false, error: null });
        this.template.querySelector(selector).focus();
    }
    async handleWish({ detail }) {
        const words = format(labels.stageSaved, spoken(detail.title ?? this.stage.title, this.variables));
        if (await this.run(() => this.ways.changeStage(this.planId, this.stage, detail), words)) this.handleClose();
    }
    handleMove({ currentTarget: { dataset } }) {
        const place = this.place + Number(dataset.by);
        if (place < 0 || place >= this.count) return;
        const words = format(labels.stageMoved, this.name, place + 1, this.count);
        this.run(() => this.ways.changeStage(this.planId, this.stage, { position: place }), words).then(() =>
            this.template.querySelector(`[data-by="${dataset.by}"]`)?.focus()
        );
    }
    handleConfirmed() {
        const words = format(labels.stageDeleted, this.name);
        return this.run(() => this.ways.deleteStage(this.planId, this.stage), words);
    }
    /** Whether it was done. */
    async run(ask, words) {
        if (this.isBusy) return false;
        Object.assign(this, { isBusy: true, error: null });
        try {
            await this.carry(ask());
            this.dispatchEvent(new CustomEvent('said', { detail: words }));
            return true;
        } catch (error) {
            this.error = error;
            return false;
        } finally {
            this.isBusy = false;
        }
    }
}
