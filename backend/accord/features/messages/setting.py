"""The settings of messages as one kind of settings among others."""

from accord.features.messages.setup import MessageSetup
from accord.features.messages.store import SETTINGS
from accord.features.messages.wishes import read_settings
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def message_setting(setup: MessageSetup) -> Setting:
    return SettingOf(setup.database, SETTINGS, "Messages", read=read_settings, prepares=setup.prepare)
