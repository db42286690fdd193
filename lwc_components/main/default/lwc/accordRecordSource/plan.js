// A plan for the deal, by Apex.
import create from '@salesforce/apex/AccordPanelController.createPlan';
import { reduceSaveError } from 'c/accordErrors';

/** @param fields of the new plan, by the names of the API. Answers with the plan; throws an error of the API's shape. */
export async function createPlan(fields) {
    const { opportunity_id: opportunityId, title, playbook = null } = fields;
    const { stage_title: stageTitle, steps_total: stepsTotal, steps_done: stepsDone } = fields;
    try {
        return await create({ opportunityId, title, playbook, stageTitle, stepsTotal, stepsDone });
    } catch (error) {
        throw reduceSaveError(error);
    }
}
