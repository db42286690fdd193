"""The settings of activity as one kind of settings among others."""

from accord.features.activities.schemas import read_values
from accord.features.activities.setup import ActivitySetup
from accord.features.activities.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def activity_setting(setup: ActivitySetup) -> Setting:
    return SettingOf(setup.database, SETTINGS, "Sync activity", read=read_values, prepares=setup.prepare)
