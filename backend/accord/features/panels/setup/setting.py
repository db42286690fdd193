"""The panel's set-up as one kind of settings among others."""

from accord.features.panels.setup.schemas import read_values
from accord.features.panels.setup.service import PanelSetups
from accord.features.panels.setup.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def panel_setting(setups: PanelSetups) -> Setting:
    return SettingOf(setups.database, SETTINGS, "Salesforce Slideout", read=read_values, prepares=setups.prepare)
