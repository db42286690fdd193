// What a plan has for an execution criterion: values in, values out.
import { criterionLabels as labels, format } from 'c/accordLabels';
import { dayText, stepIn } from 'c/accordPlanText';

const NOTHING = { step_id: null, text: null, is_checked: false, about_id: null };
const pick = (given) => Object.fromEntries(Object.keys(NOTHING).map((name) => [name, given[name] ?? NOTHING[name]]));

/** A value as it is sent; what it is about has its own name. */
export const valueOf = (given) => (given.about_id ? { ...pick(given), text: null } : pick(given));
export const isAsWished = (now, value) => JSON.stringify(valueOf(now)) === JSON.stringify(valueOf(value));

/** What the plan has, in words. */
export function valueText(criterion, plan) {
    if (criterion.kind === 'checkbox') return criterion.is_checked ? labels.fulfilled : labels.open;
    if (criterion.kind !== 'step') return criterion.text || labels.nothing;
    const step = stepIn(plan, criterion.step_id);
    if (!step) return labels.nothing;
    if (!step.is_completed) return format(labels.stepOpen, step.title);
    return format(labels.stepDone, step.title, dayText(step.completed_on));
}
