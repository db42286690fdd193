// The rows of the CRM page, in the words of the requirements: what is always there has Manage, the others Enable first.
import { costText } from 'c/accordCostWords';
import { sumText, wholeText } from 'c/accordDryRunWords';
import { format } from 'c/accordLabels';
import {
    activitySettings,
    contactSettings,
    costOverview,
    dealLock,
    dryRunFieldSync,
    fieldSyncSettings,
    variableSettings
} from 'c/accordSettingsApi';
import {
    autoCreateLabels as autoCreate,
    contactsLabels as contacts,
    criteriaLabels as criteria,
    playbooksLabels as playbooks,
    scoreLabels as score,
    crmLabels as labels,
    variablesLabels as variables
} from 'c/accordSettingsLabels';

const PLANS_LOOKED_AT = 20;

async function fieldSyncCost() {
    const asked = { rows: null, after: null, limit: PLANS_LOOKED_AT };
    const [found, overview] = await Promise.all([dryRunFieldSync(asked), costOverview()]);
    // what is left of the calls is told with what it costs a day
    const text = [sumText(found, found.plans.length), wholeText({ ...found.whole, calls_left: null }), costText(overview, 'fields')].join(
        ' '
    );
    return { text, limits: found.limits, canSee: true };
}

const costOf = (feature) => async () => ({ text: costText(await costOverview(), feature) });

/** What is read at once, then what it costs a day. */
async function contactsCost() {
    const [{ answer }, overview] = await Promise.all([contactSettings.load(), costOverview()]);
    const { plans, reading_calls: calls } = answer;
    const fill = plans ? [format(contacts.fill, plans, calls)] : [];
    return { text: [...fill, costText(overview, 'contacts')].join(' ') };
}

/**
 * [{page, title, text, settings, flag, ask, askOff}]: `settings` load and save what is switched, under the name of `flag` (`enabled` when
 * left out); without them there is nothing to switch. `cost` tells in words what switching it on
 * costs: {text, limits, canSee}, the last when the page of Manage shows each value.
 */
export const ROWS = [
    { page: 'slideout', title: labels.slideout, text: labels.slideoutText },
    {
        page: 'fieldSync',
        title: labels.fieldSync,
        text: labels.fieldSyncText,
        settings: fieldSyncSettings,
        ask: labels.fieldSyncAsk,
        cost: fieldSyncCost
    },
    {
        page: 'activity',
        title: labels.activity,
        text: labels.activityText,
        settings: activitySettings,
        ask: labels.activityAsk,
        cost: costOf('activity')
    },
    { page: 'twoWay', title: labels.twoWay, text: labels.twoWayText },
    {
        page: 'variables',
        title: variables.title,
        text: variables.crmText,
        settings: variableSettings,
        ask: variables.crmAsk,
        askOff: variables.crmOffAsk
    },
    {
        page: 'contacts',
        title: contacts.enabled,
        text: contacts.crmText,
        settings: contactSettings,
        ask: contacts.crmAsk,
        cost: contactsCost
    },
    { page: 'autoCreate', title: autoCreate.title, text: autoCreate.intro },
    { page: 'playbooks', title: playbooks.title, text: playbooks.intro },
    { page: 'criteria', title: criteria.title, text: criteria.intro },
    { page: 'score', title: score.title, text: score.intro },
    {
        page: 'lock',
        title: labels.lock,
        text: labels.lockText,
        settings: dealLock,
        flag: 'allow_modifying',
        hasNoPage: true,
        ask: labels.lockOnAsk,
        askOff: labels.lockOffAsk
    }
];

export const flagOf = ({ flag = 'enabled' }) => flag;

/** A row as it is shown. `enabled` is undefined where there is nothing to switch, or `error` says why that is not known. */
export function shown(row, { enabled, error, isAsking }) {
    const canSwitch = enabled !== undefined;
    const switchText = enabled ? labels.turnOff : labels.enable;
    return {
        ...row,
        trouble: error ? format(labels.unknown, error.message) : null,
        isAsking,
        isOn: enabled,
        canSwitch: canSwitch && !isAsking,
        canManage: !row.hasNoPage,
        badge: canSwitch ? (enabled ? labels.on : labels.off) : null,
        look: `slds-badge ${enabled ? 'slds-theme_success' : 'slds-badge_lightest'}`,
        switchText,
        switchLabel: format(enabled ? labels.turnOffOf : labels.enableOf, row.title),
        switchLook: `slds-button ${enabled ? 'slds-button_neutral' : 'slds-button_brand'}`,
        manageLabel: format(labels.manageOf, row.title),
        ask: enabled ? (row.askOff ?? labels.turnOffAsk) : row.ask,
        confirm: switchText
    };
}
