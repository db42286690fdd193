// The rows of the CRM page, in the words of the requirements: what is always there has Manage, the others Enable first.
import { format } from 'c/accordLabels';
import LOCALE from '@salesforce/i18n/locale';
import { activitySettings, contactSettings, dailyCost, dealLock, dryRunFieldSync, fieldSyncSettings } from 'c/accordSettingsApi';
import {
    autoCreateLabels as autoCreate,
    contactsLabels as contacts,
    syncRunLabels as runLabels,
    crmLabels as labels
} from 'c/accordSettingsLabels';

const numberOf = (number) => new Intl.NumberFormat(LOCALE).format(number);

async function fieldSyncCost() {
    const { plans, calls_at_most: calls, calls_left: left } = (await dryRunFieldSync({ rows: null, after: null, limit: 1 })).whole;
    const cost = format(runLabels.cost, numberOf(plans), numberOf(calls));
    return left === null ? cost : `${cost} ${format(runLabels.costLeft, numberOf(left))}`;
}

async function activityCost() {
    const {
        measured_days: days,
        records_a_day: records,
        calls_a_day: calls,
        storage_mb_a_day: storage,
        because
    } = await dailyCost('activity');
    return days ? `${format(labels.dailyCost, numberOf(records), numberOf(calls), numberOf(storage))} ${because}` : because;
}

/**
 * [{page, title, text, settings, flag, ask, askOff}]: `settings` load and save what is switched, under the name of `flag` (`enabled` when
 * left out); without them there is nothing to switch. `cost` tells in words what switching it on costs.
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
        cost: activityCost
    },
    { page: 'twoWay', title: labels.twoWay, text: labels.twoWayText },
    { page: 'contacts', title: contacts.enabled, text: contacts.crmText, settings: contactSettings, ask: contacts.crmAsk },
    { page: 'autoCreate', title: autoCreate.title, text: autoCreate.intro },
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
