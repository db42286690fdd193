import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { doctor } from 'c/accordSettingsApi';
import { connectionLabels as labels } from 'c/accordSettingsLabels';

const GROUPS = [
    { key: 'failed', title: labels.failed, icon: 'utility:error', variant: 'error' },
    { key: 'warning', title: labels.warnings, icon: 'utility:warning', variant: 'warning' },
    { key: 'unknown', title: labels.unknown, icon: 'utility:question', variant: null },
    { key: 'passed', title: labels.passed, icon: 'utility:success', variant: 'success' }
];

/** Looks now whether every right is there that the present settings need; each lack with its fix. It is asked for: it costs calls. */
export default class AccordDoctor extends LightningElement {
    labels = labels;
    isLooking = false;
    visit = null;
    problem = null;

    async handleLook() {
        Object.assign(this, { isLooking: true, visit: null, problem: null });
        try {
            this.visit = await doctor();
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isLooking = false;
        }
    }
    get lookLabel() {
        return this.visit ? labels.lookAgain : labels.look;
    }
    get groups() {
        const found = this.visit?.findings ?? [];
        return GROUPS.map((group) => ({ ...group, items: found.filter(({ status }) => status === group.key) })).filter(
            ({ items }) => items.length
        );
    }
    get verdict() {
        if (!this.visit) return null;
        const count = this.visit.findings.filter(({ status }) => status === 'failed').length;
        if (count) return format(count === 1 ? labels.illOne : labels.ill, count);
        return this.visit.well ? labels.well : labels.notAllSeen;
    }
}
