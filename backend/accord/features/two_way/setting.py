"""The settings of two-way values as one kind of settings among others."""

from accord.features.two_way.schemas import read_values
from accord.features.two_way.setup import TwoWaySetup
from accord.features.two_way.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def two_way_setting(setup: TwoWaySetup) -> Setting:
    return SettingOf(setup.database, SETTINGS, "Values in", read=read_values, prepares=setup.prepare)
