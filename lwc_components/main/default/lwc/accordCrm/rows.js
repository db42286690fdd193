// The rows of the CRM page, in the words of the requirements: what is always there has Manage, the others Enable first.
import { format } from 'c/accordLabels';
import { activitySettings, fieldSyncSettings } from 'c/accordSettingsApi';
import { crmLabels as labels } from 'c/accordSettingsLabels';

/** [{page, title, text, settings, ask}]: `settings` load and save {enabled}; without them there is nothing to switch. */
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

/** A row as it is shown. `enabled` is undefined where there is nothing to switch. */
export function shown(row, enabled, isAsking) {
    const canSwitch = enabled !== undefined;
    const switchText = enabled ? labels.turnOff : labels.enable;
    return {
        ...row,
        isAsking,
        canSwitch: canSwitch && !isAsking,
        canManage: enabled !== false,
        badge: canSwitch ? (enabled ? labels.on : labels.off) : null,
        look: `slds-badge ${enabled ? 'slds-theme_success' : 'slds-badge_lightest'}`,
        switchText,
        switchLabel: format(enabled ? labels.turnOffOf : labels.enableOf, row.title),
        switchLook: `slds-button ${enabled ? 'slds-button_neutral' : 'slds-button_brand'}`,
        manageLabel: format(labels.manageOf, row.title),
        ask: enabled ? labels.turnOffAsk : row.ask,
        confirm: switchText
    };
}
