import { LightningElement, api } from 'lwc';
import texts, { format, partLabels as labels } from 'c/accordLabels';
import { spoken } from 'c/accordValueText';

const NEXT = 50;

/** Plans without a deal, for a deal without a plan. Event: used, with {plan}: the plan of the deal from now on. */
export default class AccordPlanFree extends LightningElement {
    /** The functions of c/accordPlanApi, and the id of the deal. */
    @api ways;
    @api recordId;
    /** The Salesforce values of the deal, which their titles name, as rows of the panel. */
    @api variables = [];

    labels = { ...texts, ...labels };
    isOpen = false;
    isBusy = false;
    plans = [];
    next = null;
    isLoaded = false;
    error = null;

    get expanded() {
        return String(this.isOpen);
    }
    get items() {
        return this.plans.map((plan) => ({
            plan,
            id: plan.id,
            steps: format(labels.freeSteps, plan.steps_done, plan.steps_total),
            use: format(labels.freeUseOf, spoken(plan.title, this.variables))
        }));
    }
    get isNone() {
        return this.isLoaded && !this.plans.length && !this.next;
    }

    async handleToggle() {
        this.isOpen = !this.isOpen;
        if (this.isOpen && !this.isLoaded) await this.load();
    }
    handleMore() {
        return this.load();
    }
    load() {
        return this.busyWith(async () => {
            const { plans, next } = await this.ways.free(this.next, NEXT);
            Object.assign(this, { plans: [...this.plans, ...plans], next, isLoaded: true });
        });
    }
    /** A glance tells no version, by which alone a plan is changed: it is read first. */
    handleUse({ currentTarget }) {
        return this.busyWith(async () => {
            const whole = await this.ways.read(currentTarget.dataset.plan);
            const plan = await this.ways.connect(whole.id, whole, this.recordId);
            this.dispatchEvent(new CustomEvent('used', { detail: { plan } }));
        });
    }
    async busyWith(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, error: null });
        try {
            await work();
        } catch (error) {
            this.error = error.message;
        } finally {
            this.isBusy = false;
        }
    }
}
