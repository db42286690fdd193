import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { assignAccess, previewAccess } from 'c/accordSettingsApi';
import { accessLabels as labels } from 'c/accordSettingsLabels';

const SETS = [
    { value: 'Accord_Rep', label: labels.setRep },
    { value: 'Accord_Admin', label: labels.setAdmin }
];
const lineOf = (text, place) => ({ key: place, text });

/** Gives a permission set to people that were chosen, after it was shown who gets it. Event: given. */
export default class AccordAccessGive extends LightningElement {
    /** The ids of those that were chosen. */
    @api userIds;
    labels = labels;
    sets = SETS;
    problem = null;
    isBusy = false;
    /** {ids, set, gives, skips, ticket} of what is shown before it is done. */
    shown = null;
    results = null;
    _focusOn = null;

    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }
    async attempt(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
        } catch (error) {
            Object.assign(this, { problem: error.message, _focusOn: '[data-problem]' });
        } finally {
            this.isBusy = false;
        }
    }

    get chosenText() {
        const { length } = this.userIds;
        if (!length) return labels.previewNone;
        return length === 1 ? labels.chosenOne : format(labels.chosen, length);
    }
    get cannotPreview() {
        return this.isBusy || !this.userIds.length;
    }
    get previewText() {
        return this.isBusy ? labels.working : labels.preview;
    }
    get assignText() {
        return this.isBusy ? labels.working : labels.assign;
    }
    get previewTitle() {
        return format(labels.previewTitle, SETS.find(({ value }) => value === this.shown.set).label);
    }
    get lines() {
        const { gives, skips } = this.shown;
        const names = gives.map(({ name }) => name).join(', ');
        const given = gives.length ? format(gives.length === 1 ? labels.givesOne : labels.gives, gives.length, names) : labels.givesNobody;
        return [given, ...skips.map(({ name, why }) => format(labels.skips, name, why))].map(lineOf);
    }
    get canAssign() {
        return this.shown.gives.length > 0;
    }
    get resultLines() {
        return this.results
            .map(({ name, ok, message }) => (ok ? format(labels.ok, name) : format(labels.refused, name, message)))
            .map(lineOf);
    }

    handlePreview(event) {
        event.preventDefault();
        const [ids, set] = [[...this.userIds], this.template.querySelector('[data-set]').value];
        Object.assign(this, { shown: null, results: null });
        this.attempt(async () => {
            this.shown = { ids, set, ...(await previewAccess(ids, set)) };
            this._focusOn = '[data-preview-title]';
        });
    }
    handleCancel() {
        Object.assign(this, { shown: null, problem: null, _focusOn: '[data-preview]' });
    }
    handleAssign() {
        this.attempt(async () => {
            const { ids, set, ticket } = this.shown;
            this.results = await assignAccess(ids, set, ticket);
            Object.assign(this, { shown: null, _focusOn: '[data-done]' });
            const { length } = this.results.filter(({ ok }) => ok);
            const text = length === 1 ? labels.assignedOne : format(labels.assigned, length);
            this.dispatchEvent(new CustomEvent('given', { detail: { text } }));
        });
    }
}
