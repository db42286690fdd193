import { LightningElement } from 'lwc';
import { format } from 'c/accordLabels';
import { numberOf } from 'c/accordMoments';
import { partsInUse } from 'c/accordSettingsApi';
import { disconnectLabels as labels } from 'c/accordSettingsLabels';

// Salesforce's words for kinds of components, and ours
const KINDS = {
    ApexClass: labels.classes,
    ApexTrigger: labels.triggers,
    CustomField: labels.fields,
    FlexiPage: labels.pages,
    Flow: labels.flows,
    Layout: labels.layouts,
    LightningComponentBundle: labels.components,
    QuickActionDefinition: labels.actions,
    ValidationRule: labels.rules,
    WorkflowRule: labels.workflows
};

/** What in the org uses parts of Accord, asked by a button, grouped by kind; and what Salesforce does not tell. */
export default class AccordPartsInUse extends LightningElement {
    labels = labels;
    isBusy = false;
    answer = null;
    problem = null;

    get lookText() {
        return this.isBusy ? labels.usesLooking : labels.usesLook;
    }
    get rows() {
        const { users, address } = this.answer;
        const rowOf = ({ kind, name, id, parts }) => ({
            key: kind + name + id,
            name,
            kind: KINDS[kind] ?? kind,
            uses: parts.join(', '),
            link: id && `${address}/${id}`
        });
        return users.map(rowOf).sort((one, other) => one.kind.localeCompare(other.kind) || one.name.localeCompare(other.name));
    }
    get isNothing() {
        return this.answer.users.length === 0;
    }
    get calls() {
        return format(labels.usesCalls, numberOf(this.answer.calls));
    }
    async handleLook() {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, problem: null, answer: null });
        try {
            this.answer = await partsInUse();
        } catch (error) {
            this.problem = error.message;
        } finally {
            this.isBusy = false;
        }
    }
}
