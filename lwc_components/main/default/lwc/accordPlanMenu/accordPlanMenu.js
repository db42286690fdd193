import { LightningElement, api } from 'lwc';
import texts, { format, partLabels as labels } from 'c/accordLabels';
import { newKey } from 'c/accordPlanApi';
import { spoken } from 'c/accordValueText';

const ASKED = {
    archive: {
        question: labels.menuArchiveAsk,
        confirm: labels.menuArchive,
        busy: labels.menuArchiving,
        done: labels.menuArchived,
        of: (ways, plan) => ways.archive(plan.id, plan, true)
    },
    disconnect: {
        question: labels.menuDisconnectAsk,
        confirm: labels.menuDisconnect,
        busy: labels.menuDisconnecting,
        done: labels.menuDisconnected,
        of: (ways, plan) => ways.disconnect(plan.id, plan)
    }
};

/** What can be done with a plan as a whole: followed, copied, archived and brought back, moved to another deal, taken from its deal. Event: said. */
export default class AccordPlanMenu extends LightningElement {
    /** The whole plan. */
    @api plan;
    /** The Salesforce values that its title names, as rows of the panel. */
    @api variables = [];
    /** The functions of c/accordPlanApi. */
    @api ways;
    /** carry(answer) is done when the plan that it answers with is shown, and throws what is to be said here. */
    @api carry;

    labels = { ...texts, ...labels };
    isOpen = false;
    /** What is being asked: archive, disconnect or move. */
    asking = null;
    isBusy = false;
    error = null;
    deals = null;
    _key = null;

    get name() {
        return spoken(this.plan.title, this.variables);
    }
    get expanded() {
        return String(this.isOpen);
    }
    get icon() {
        return this.isOpen ? 'utility:chevrondown' : 'utility:chevronright';
    }
    get isLive() {
        return !this.plan.is_archived;
    }
    get hasDeal() {
        return this.isLive && Boolean(this.plan.opportunity_id);
    }
    get question() {
        const asked = ASKED[this.asking];
        return asked ? { text: format(asked.question, this.name), confirm: asked.confirm, busy: asked.busy } : null;
    }
    get isMoving() {
        return this.asking === 'move';
    }
    get duplicateLabel() {
        return this.isBusy && !this.asking ? labels.menuDuplicating : labels.menuDuplicate;
    }
    /** Our own people follow; nobody else is told who does. */
    get follows() {
        const { following, followers } = this.plan;
        if (typeof following !== 'boolean') return null;
        const state = following ? labels.menuFollowing : labels.menuNotFollowing;
        const count = followers ? ` ${format(labels.menuFollowers, followers)}` : '';
        return { text: state + count, button: following ? labels.menuUnfollow : labels.menuFollow };
    }
    get errorText() {
        if (!this.error) return null;
        return this.error.code === 'CHANGED_MEANWHILE' ? labels.menuAgain : this.error.message;
    }
    /** What went wrong beside an open question. */
    get trouble() {
        return this.question ? null : this.errorText;
    }
    get found() {
        return this.deals?.map(({ id, name, has_plan: isTaken }) => ({
            id,
            name,
            isTaken,
            use: format(labels.menuMoveHereOf, name)
        }));
    }
    get isNoneFound() {
        return this.deals?.length === 0;
    }

    handleToggle() {
        Object.assign(this, { isOpen: !this.isOpen, asking: null, error: null });
    }
    handleAsk({ currentTarget }) {
        Object.assign(this, { asking: currentTarget.dataset.ask, error: null, deals: null });
    }
    handleCancel() {
        const { asking } = this;
        Object.assign(this, { asking: null, error: null, deals: null });
        this.template.querySelector(`[data-ask="${asking}"]`)?.focus();
    }
    handleKeydown(event) {
        if (event.key !== 'Escape' || this.isBusy) return;
        event.preventDefault();
        event.stopPropagation();
        this.handleCancel();
    }

    handleConfirm() {
        const { of, done } = ASKED[this.asking];
        return this.run(of, format(done, this.name));
    }
    handleRestore() {
        return this.run((ways, plan) => ways.archive(plan.id, plan, false), format(labels.menuRestored, this.name));
    }
    async handleFollow() {
        const { following } = this.plan;
        await this.busyWith(async () => {
            await this.carry(following ? this.ways.stopFollowing(this.plan.id) : this.ways.follow(this.plan.id));
            this.say(format(following ? labels.menuUnfollowed : labels.menuFollowed, this.name));
        });
    }
    /** The copy is another plan: what is shown stays. Every try of one wish has the same key. */
    async handleDuplicate() {
        if (this.isBusy) return;
        this._key ??= newKey();
        await this.busyWith(async () => {
            const copy = await this.ways.duplicate(this.plan.id, this._key);
            this._key = null;
            this.say(format(labels.menuDuplicated, spoken(copy.title, this.variables)));
        });
    }
    async handleSearch(event) {
        event.preventDefault();
        const field = this.template.querySelector('[data-search]');
        if (!field.reportValidity() || this.isBusy) return;
        await this.busyWith(async () => {
            this.deals = (await this.ways.searchDeals(String(field.value).trim())).deals;
        });
    }
    handleMove({ currentTarget: { dataset } }) {
        const words = format(labels.menuMoved, this.name, dataset.name);
        return this.run((ways, plan) => ways.connect(plan.id, plan, dataset.deal), words);
    }

    /** Changes the plan; when it is done, the question is gone. */
    run(of, words) {
        return this.busyWith(async () => {
            await this.carry(of(this.ways, this.plan));
            Object.assign(this, { asking: null, deals: null });
            this.say(words);
            this.template.querySelector('[data-menu]')?.focus();
        });
    }
    async busyWith(work) {
        if (this.isBusy) return;
        Object.assign(this, { isBusy: true, error: null });
        try {
            await work();
        } catch (error) {
            this.error = error;
        } finally {
            this.isBusy = false;
        }
    }
    handleSaid({ detail }) {
        this.say(detail);
    }
    say(detail) {
        this.dispatchEvent(new CustomEvent('said', { detail }));
    }
}
