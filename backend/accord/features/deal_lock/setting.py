"""The lock as one kind of settings among others."""

from accord.features.deal_lock.schemas import read_values
from accord.features.deal_lock.service import LockSetup
from accord.features.deal_lock.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def lock_setting(setup: LockSetup) -> Setting:
    title = "Allow Modifying Connected Deal after Creation"
    return SettingOf(setup.database, SETTINGS, title, read=read_values, prepares=setup.prepare)
