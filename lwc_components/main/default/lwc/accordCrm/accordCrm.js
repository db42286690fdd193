import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { crmLabels as labels } from 'c/accordSettingsLabels';
import { ROWS, flagOf, shown } from './rows';

const NO_COST = {};

/** Settings > CRM: one row for each thing that Accord does with this org, with Enable and Manage. Events: go, announce. */
export default class AccordCrm extends LightningElement {
    labels = labels;
    problem = null;
    isSaving = false;
    asking = null;
    /** {text, limits, canSee}: what it costs to switch on what is asked about, in words. */
    cost = NO_COST;
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
        const switchable = ROWS.filter(({ settings }) => settings);
        // what cannot be asked takes no other row away
        const found = await Promise.all(switchable.map(({ settings }) => settings.load().catch((error) => ({ error }))));
        this.loaded = Object.fromEntries(switchable.map(({ page }, index) => [page, found[index]]));
    }

    get isBlank() {
        return !this.loaded;
    }
    get rows() {
        const factsOf = (row) => {
            const { answer, error } = this.loaded[row.page] ?? {};
            return { enabled: answer?.[flagOf(row)], error, isAsking: this.asking === row.page };
        };
        return ROWS.map((row) => shown(row, factsOf(row)));
    }

    handleManage({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('go', { detail: { page: currentTarget.dataset.page } }));
    }
    /** Each value that would be written, on the page of Manage. */
    handleSee({ currentTarget }) {
        this.dispatchEvent(new CustomEvent('go', { detail: { page: currentTarget.dataset.page, isLook: true } }));
    }
    handleSwitch({ currentTarget }) {
        const { page } = currentTarget.dataset;
        Object.assign(this, { asking: page, problem: null, cost: NO_COST, _focusOn: '[data-ask-text]' });
        const { cost, isOn } = this.rows.find((row) => row.page === page);
        if (cost && !isOn) this.tellCost(page, cost);
    }
    async tellCost(page, ask) {
        this.cost = { text: labels.costLooking };
        const cost = await ask().catch((error) => ({ text: format(labels.unknown, error.message) }));
        if (this.asking === page) this.cost = cost;
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
        const enabled = !answer[flagOf(row)];
        this.isSaving = true;
        try {
            this.loaded = { ...this.loaded, [row.page]: await row.settings.save({ ...answer, [flagOf(row)]: enabled }, version) };
            this.close(`[data-row="${row.page}"] ${enabled && !row.hasNoPage ? '[data-manage]' : '[data-switch]'}`);
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
