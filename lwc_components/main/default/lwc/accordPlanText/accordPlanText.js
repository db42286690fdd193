/** A plan in words: days, stages, what somebody else has changed. Pure. */
import LOCALE from '@salesforce/i18n/locale';
import { format, partLabels, planLabels as labels } from 'c/accordLabels';
import { displayValue } from 'c/accordValues';

export const dayText = (day) => displayValue({ type: 'date' }, day, LOCALE);

/** {amount, currency} as the API tells it. */
export const moneyText = ({ amount, currency }) => displayValue({ type: 'currency', currency }, amount, LOCALE);

/** When a step is or was due or done, in words; null when nothing is known. */
export function whenText(step) {
    if (step.is_completed) return step.completed_on ? format(labels.completedOn, dayText(step.completed_on)) : labels.completed;
    if (!step.due_date) return null;
    return format(step.is_overdue ? labels.wasDue : labels.due, dayText(step.due_date));
}

export const stepsOf = (plan) => plan.stages.flatMap((stage) => stage.steps);
export const stepIn = (plan, id) => stepsOf(plan).find((step) => step.id === id);

/** How many open steps are late, in words; null when none is. */
export function overdueText(steps) {
    const count = steps.filter((step) => step.is_overdue && !step.is_completed).length;
    if (!count) return null;
    return count === 1 ? labels.overdueOne : format(labels.overdueMany, count);
}

/** A stage's line: what is done in it and what marks it. */
export function stageFacts(stage) {
    const done = stage.steps.filter((step) => step.is_completed).length;
    const marks = [
        { key: 'current', text: labels.stageCurrent, look: 'slds-badge slds-badge_inverse', is: stage.is_current },
        { key: 'done', text: labels.stageDone, look: 'slds-badge slds-theme_success', is: stage.is_completed },
        { key: 'internal', text: labels.internal, look: 'slds-badge', is: stage.is_internal },
        { key: 'overdue', text: overdueText(stage.steps), look: 'slds-badge slds-theme_warning', is: overdueText(stage.steps) !== null }
    ];
    return { done: format(labels.stageSteps, done, stage.steps.length), marks: marks.filter(({ is }) => is) };
}

/** The stage that is open at first: the current one, else the last. */
export const firstOpen = ({ stages }) => (stages.find((stage) => stage.is_current) ?? stages.at(-1))?.id;

const FACTS = {
    title: { label: labels.stepTitle, text: (step) => step.title },
    description: { label: partLabels.stepDescription, text: (step) => step.description },
    due_date: { label: labels.stepDue, text: (step) => dayText(step.due_date) },
    owner_id: { label: labels.stepOwner, text: (step) => step.owner?.name },
    is_completed: { label: labels.completed, text: (step) => (step.is_completed ? dayText(step.completed_on) || labels.completed : '') },
    is_internal: { label: labels.internal, text: (step) => (step.is_internal ? labels.internal : '') }
};

/** What of a step is another than before, a line for each fact. */
export function changesBetween(before, now) {
    return Object.values(FACTS)
        .map(({ label, text }) => ({ label, was: text(before) || labels.nothing, is: text(now) || labels.nothing }))
        .filter(({ was, is }) => was !== is)
        .map(({ label, was, is }) => format(labels.wasIsNow, label, was, is));
}

/** The values of a step that can be changed, by the names of the API. */
export const valuesOf = (step) => ({
    title: step.title,
    description: step.description ?? '',
    due_date: step.due_date ?? null,
    owner_id: step.owner?.id ?? null,
    is_internal: step.is_internal,
    is_completed: step.is_completed
});

/** Whether a step is by now what somebody wanted to make of it. */
export const isAsWished = (step, change) => Object.entries(change).every(([name, value]) => valuesOf(step)[name] === value);
