// The rows of the CRM page, in the words of the requirements: what is always there has Manage, the others Enable first.
import { format } from 'c/accordLabels';
import { activitySettings, fieldSyncSettings } from 'c/accordSettingsApi';
import { crmLabels as labels } from 'c/accordSettingsLabels';

/**
 * [{page, title, text, settings, flag, ask, askOff}]: `settings` load and save what is switched, under the name of `flag` (`enabled` when
 * left out); without them there is nothing to switch.
 */
export const ROWS = [
    { page: 'slideout', title: labels.slideout, text: labels.slideoutText },
    {
        page: 'fieldSync',
        title: labels.fieldSync,
        text: labels.fieldSyncText,
        settings: fieldSyncSettings,
        ask: labels.fieldSyncAsk
    },
    { page: 'activity', title: labels.activity, text: labels.activityText, settings: activitySettings, ask: labels.activityAsk }
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
