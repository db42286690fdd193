import { LightningElement, api } from 'lwc';
import { format, planLabels as labels } from 'c/accordLabels';

const NAMES = {
    criteria: labels.scoreCriteria,
    progress: labels.scoreProgress,
    customers_invited: labels.scoreInvited,
    customers_accepted: labels.scoreAccepted,
    deal_stage: labels.scoreDeal
};

/** The execution score, and behind a button what it is made of: points that add up to it (D20). */
export default class AccordPlanScore extends LightningElement {
    @api score;
    /** As the API tells them; undefined while they are not known. */
    @api factors;

    labels = labels;
    isOpen = false;

    get scoreText() {
        return format(labels.scoreOf, this.score, 100);
    }
    get expanded() {
        return String(this.isOpen);
    }
    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get lines() {
        return this.factors.map(({ factor, reached, possible, points }) => ({
            key: factor,
            name: NAMES[factor] ?? factor,
            reached: reached === null ? labels.scoreNotHere : format(labels.xOfY, reached, possible),
            points
        }));
    }

    handleToggle() {
        this.isOpen = !this.isOpen;
    }
}
