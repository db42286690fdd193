import { LightningElement, api } from 'lwc';
import { wholeText } from 'c/accordDryRunWords';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { dryRunFieldSync, fieldSyncRuns } from 'c/accordSettingsApi';
import { syncRunLabels as labels } from 'c/accordSettingsLabels';
import { shown } from './runs';

const LOOK_AGAIN_MS = 4000;

/** Back-fills and their undoing: the cost first, then a run that can be stopped, resumed and undone (D16, D17). Event: begun. */
export default class AccordSyncRuns extends LightningElement {
    labels = labels;
    failure = null;
    problem = null;
    runs = null;
    /** {text, limits, confirm, start}: what is asked before a run begins. */
    asked = null;
    keptOf = null;
    isBusy = false;
    _timer = null;
    _focusOn = null;

    connectedCallback() {
        this.load();
    }
    disconnectedCallback() {
        clearTimeout(this._timer);
    }
    renderedCallback() {
        const selector = this._focusOn;
        this._focusOn = null;
        if (selector) this.template.querySelector(selector)?.focus();
    }

    /** A run was begun elsewhere on the page. */
    @api look() {
        this.load();
    }
    async load() {
        clearTimeout(this._timer);
        try {
            this.runs = await fieldSyncRuns.list();
        } catch (error) {
            this.failure = error;
        }
        const isRunning = this.runs?.some(({ state }) => state === 'running');
        // eslint-disable-next-line @lwc/lwc/no-async-operation -- a run goes on without the page; it ends with the page
        if (isRunning && this.isConnected) this._timer = setTimeout(() => this.load(), LOOK_AGAIN_MS);
    }
    handleReload() {
        Object.assign(this, { failure: null, problem: null });
        this.load();
    }
    get isBlank() {
        return !this.runs || Boolean(this.failure);
    }
    get isEmpty() {
        return !this.runs.length;
    }
    get shownRuns() {
        return this.runs.map((run) => shown(run, this.keptOf));
    }

    /** Does one thing with the backend; what it refuses is said. */
    async attempt(work) {
        Object.assign(this, { isBusy: true, problem: null });
        try {
            await work();
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isBusy = false;
        }
    }
    ask(asked) {
        Object.assign(this, { asked, _focusOn: '[data-ask-text]' });
    }
    handleCost() {
        this.attempt(async () => {
            const { whole, limits } = await dryRunFieldSync({ rows: null, after: null, limit: 1 });
            this.ask({ text: wholeText(whole), limits, confirm: labels.backFillStart, start: () => fieldSyncRuns.start() });
        });
    }
    handleConfirm() {
        const { start } = this.asked;
        this.attempt(async () => {
            await start();
            Object.assign(this, { asked: null, _focusOn: '[data-heading]' });
            await this.load();
            // undoing holds the values that it took back: the rows above stand otherwise by now
            this.dispatchEvent(new CustomEvent('begun'));
        });
    }
    handleCancel() {
        Object.assign(this, { asked: null, _focusOn: '[data-heading]' });
    }
    handleWay({ currentTarget }) {
        const { id, way } = currentTarget.dataset;
        if (way === 'kept') this.keptOf = this.keptOf === id ? null : id;
        else if (way === 'undo') this.askUndo(id);
        else this.attempt(() => fieldSyncRuns[way](id).then(() => this.load()));
    }
    askUndo(id) {
        this.attempt(async () => {
            const { limits, writes, calls_at_most: calls } = await fieldSyncRuns.undoCost(id);
            const text = format(labels.undoCost, numberOf(writes), numberOf(calls));
            this.ask({ text, limits, confirm: labels.undoStart, start: () => fieldSyncRuns.undo(id) });
        });
    }
}
