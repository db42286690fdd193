import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { crmLabels as labels } from 'c/accordSettingsLabels';
import { ROWS, shown } from './rows';

/** Settings > CRM: one row for each thing that Accord does with this org, with Enable and Manage. Events: go, announce. */
export default class AccordCrm extends LightningElement {
    labels = labels;
    failure = null;
    problem = null;
    isSaving = false;
    asking = null;
    /** page -> {answer, version} of the settings of rows that can be switched. */
    loaded = null;
    _focusOn = null;

    connectedCallback() {
        this.load();
    }
    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    async load() {
        try {
            const switchable = ROWS.filter(({ settings }) => settings);
            const loaded = await Promise.all(switchable.map(({ settings }) => settings.load()));
            this.loaded = Object.fromEntries(switchable.map(({ page }, index) => [page, loaded[index]]));
        } catch (error) {
            this.failure = error;
        }
    }
    handleRetry() {
        this.failure = null;
        this.load();
    }

    get isBlank() {
        return !this.loaded;
    }
    get rows() {
        return ROWS.map((row) => shown(row, this.loaded[row.page]?.answer.enabled, this.asking === row.page));
    }

    handleManage({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('go', { detail: { page: currentTarget.dataset.page } }));
    }
    handleSwitch({ currentTarget }) {
        Object.assign(this, { asking: currentTarget.dataset.page, problem: null, _focusOn: '[data-ask-text]' });
    }
    handleCancel() {
        this.close(`[data-row="${this.asking}"] [data-switch]`);
    }
    close(focusOn) {
        Object.assign(this, { asking: null, problem: null, _focusOn: focusOn });
    }

    async handleConfirm() {
        const row = ROWS.find(({ page }) => page === this.asking);
        const { answer, version } = this.loaded[row.page];
        const enabled = !answer.enabled;
        this.isSaving = true;
        try {
            this.loaded = { ...this.loaded, [row.page]: await row.settings.save({ ...answer, enabled }, version) };
            this.close(enabled ? `[data-row="${row.page}"] [data-manage]` : `[data-row="${row.page}"] [data-switch]`);
            const text = format(enabled ? labels.nowOn : labels.nowOff, row.title);
            this.dispatchEvent(new CustomEvent('announce', { detail: { text } }));
        } catch (error) {
            this.problem = error.message;
            // somebody else changed them: with their version a second try is about what stands now
            if (error.code === 'CHANGED_MEANWHILE') await this.load();
        } finally {
            this.isSaving = false;
        }
    }
}
