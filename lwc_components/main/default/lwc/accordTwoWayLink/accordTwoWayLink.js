import { LightningElement, api } from 'lwc';
import { format } from 'c/accordLabels';
import { twoWayLabels as labels } from 'c/accordSettingsLabels';

const SIDES = { salesforce: labels.policySalesforce, ours: labels.policyOurs, newest: labels.policyNewest };
const POLICIES = { ...SIDES, ask: labels.policyAsk };
const COUNTS = {
    equal: labels.countEqual,
    on_its_way: labels.countOnItsWay,
    conflict: labels.countConflict,
    frozen: labels.countFrozen,
    apart: labels.countApart,
    not_read: labels.countNotRead
};
const optionsOf = (texts, chosen) => Object.entries(texts).map(([value, label]) => ({ value, label, selected: value === chosen }));

/** One value that both sides have: its switch, and who wins when both have changed it. Event: edit {link, changes}. */
export default class AccordTwoWayLink extends LightningElement {
    @api name;
    @api label;
    @api settings;
    @api error;
    labels = labels;

    @api focus() {
        this.template.querySelector(this.error ? '[data-problem-at]' : '[data-switch]').focus();
    }
    get isAsked() {
        return this.settings.policy === 'ask';
    }
    get policies() {
        return optionsOf(POLICIES, this.settings.policy);
    }
    get defaults() {
        return optionsOf(SIDES, this.settings.ask_default);
    }
    /** How the plans stand: what is equal is always told, the rest where there is some. */
    get countsText() {
        const { counts } = this.settings;
        return Object.entries(COUNTS)
            .filter(([standing]) => counts[standing] || standing === 'equal')
            .map(([standing, text]) => format(text, counts[standing]))
            .join(', ');
    }

    edit(changes) {
        this.dispatchEvent(new CustomEvent('edit', { detail: { link: this.name, changes } }));
    }
    handleEnabled({ target }) {
        this.edit({ enabled: target.checked });
    }
    handleEntry({ target }) {
        this.edit({ [target.dataset.name]: target.value });
    }
    handleDays({ target }) {
        // what is no number of days is refused by Accord, at this value
        this.edit({ ask_days: Math.round(Number(target.value)) || 0 });
    }
}
