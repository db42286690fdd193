import AccordSettingsEditor from 'c/accordSettingsEditor';
import { format } from 'c/accordLabels';
import { autoCreateChoices, criteriaSettings } from 'c/accordSettingsApi';
import { criteriaLabels as labels } from 'c/accordSettingsLabels';
import * as model from './model';

const { draftOf, settingsOf, factsOf, mergeOf } = model;
const PLACE = /^criteria\.(\d+)$/;

/** Settings > CRM > Execution Criteria > Manage: made, named, put in order, bound to stages and deleted (A77 to A83, D19, D21). */
export default class AccordCriteria extends AccordSettingsEditor {
    labels = labels;
    rules = { source: criteriaSettings, draftOf, settingsOf, factsOf, mergeOf };
    /** The stages of the org's deals: [{value, label}]; null until they are read. */
    stages = null;
    stagesProblem = null;
    /** id of a criterion -> {field: message}, of what was refused. */
    refused = new Map();
    /** The criterion whose deletion is asked about. */
    asking = null;

    connectedCallback() {
        super.connectedCallback();
        this.loadStages();
    }
    /** What cannot be read takes nothing else of the page away. */
    async loadStages() {
        try {
            this.stages = (await autoCreateChoices()).stages;
        } catch (error) {
            this.stagesProblem = format(labels.stagesUnknown, error.message);
        }
    }
    get busy() {
        return String(this.isSaving);
    }
    get isEmpty() {
        return !this.draft.criteria.length;
    }
    get overall() {
        return this.errors.get('criteria');
    }
    get items() {
        return this.draft.criteria.map((one, index) => {
            const name = model.nameOf(one);
            return {
                id: one.id,
                criterion: one,
                errors: this.refused.get(one.id) ?? {},
                place: index,
                names: { up: format(labels.up, name), down: format(labels.down, name), remove: format(labels.removeOf, name) },
                question: this.asking === one.id ? format(labels.removeAsk, name, model.plansText(one)) : null
            };
        });
    }
    accept(loaded) {
        super.accept(loaded);
        Object.assign(this, { refused: new Map(), asking: null });
    }
    async refuse(error) {
        const refused = new Map();
        for (const { key, field, message } of error.items ?? []) {
            const place = PLACE.exec(key ?? '');
            const one = place && this.draft.criteria[Number(place[1])];
            if (one) refused.set(one.id, { [field]: message, ...refused.get(one.id) });
        }
        this.refused = refused;
        await super.refuse(error);
    }
    problemElement() {
        const [bad] = this.refused.keys();
        return bad ? this.entryOf(bad) : this.template.querySelector('[data-problem-at]');
    }
    entryOf(id) {
        return this.template.querySelector(`c-accord-criterion[data-id="${id}"]`);
    }
    orderOf(id) {
        return this.template.querySelector(`c-accord-row-order[data-id="${id}"]`);
    }
    nameOf(id) {
        return model.nameOf(this.draft.criteria.find((one) => one.id === id));
    }

    handleAdd() {
        const one = model.newCriterion(this.draft.criteria);
        this.change({ criteria: [...this.draft.criteria, one] });
        this.focusLater(() => this.entryOf(one.id));
    }
    handleEdit({ detail: { id, changes } }) {
        this.change(model.withChanges(this.draft, id, changes));
    }
    handleMove({ currentTarget, detail: { by } }) {
        const { id } = currentTarget.dataset;
        this.change(model.moved(this.draft, id, by));
        const place = this.draft.criteria.findIndex((one) => one.id === id) + 1;
        this.announce(format(labels.movedTo, this.nameOf(id), place, this.draft.criteria.length));
        this.focusLater(() => this.orderOf(id));
    }
    /** What nobody has saved yet goes without a question. */
    handleRemove({ currentTarget }) {
        const { id } = currentTarget.dataset;
        const { isNew } = this.draft.criteria.find((one) => one.id === id);
        if (isNew) this.remove(id);
        else this.asking = id;
    }
    handleKeep() {
        const id = this.asking;
        this.asking = null;
        this.focusLater(() => this.orderOf(id));
    }
    handleConfirm() {
        this.remove(this.asking);
        this.asking = null;
    }
    remove(id) {
        this.announce(format(labels.removed, this.nameOf(id)));
        this.change(model.without(this.draft, id));
        this.focusLater(() => this.template.querySelector('[data-first]'));
    }
}
