// What the panel does to make a plan. `panel` is the component: it keeps all state.
import { isInDoubt } from 'c/accordErrors';
import labels, { format, partLabels } from 'c/accordLabels';
import { spoken } from 'c/accordValueText';

/** Makes a plan for the deal, as it was entered. */
export async function createPlan(panel, entered) {
    const wasInDoubt = Boolean(panel.planError && isInDoubt(panel.planError));
    panel.isCreatingPlan = true;
    try {
        const plan = await panel.source.createPlan({ opportunity_id: panel.recordId, ...entered });
        panel.panel = { ...panel.panel, plan, can_create_plan: false };
        showPlan(panel, null, labels.planCreated);
    } catch (error) {
        await handleRefused(panel, error, wasInDoubt ? labels.planThere : labels.planByColleague);
    } finally {
        panel.isCreatingPlan = false;
    }
}

/** When the deal has a plan by now, that one is shown; `remark` says how it came about. */
async function handleRefused(panel, error, remark) {
    if (error.code === 'ALREADY_CONNECTED') await panel.source.load();
    if (panel.panel.plan) showPlan(panel, remark, remark);
    else panel.planError = isInDoubt(error) ? { ...error, message: labels.planInDoubt } : error;
}

function showPlan(panel, planNote, announcement) {
    Object.assign(panel, { planError: null, planNote, announcement });
    panel.focusLater(() => panel.template.querySelector('c-accord-plan'));
}

/** The plan as it is now; one that has left the deal leaves it without a plan. */
export function takePlan(panel, plan) {
    const isHere = plan.opportunity_id === panel.recordId;
    const wasThere = Boolean(panel.panel.plan);
    panel.panel = { ...panel.panel, plan: isHere ? plan : null, can_create_plan: !isHere };
    if (isHere && wasThere) return;
    const words = plan.opportunity_id ? partLabels.movedAway : partLabels.menuDisconnected;
    const title = spoken(plan.title, panel.variables);
    showPlan(panel, isHere ? null : format(words, title), format(isHere ? partLabels.freeUsed : words, title));
    // what Lightning keeps of the deal is from before
    panel.source.load();
}
