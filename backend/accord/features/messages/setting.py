"""The settings of messages as one kind of settings among others."""

from accord.features.messages.rules import read_settings
from accord.features.messages.service import Messages
from accord.features.messages.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def message_setting(messages: Messages) -> Setting:
    return SettingOf(messages.database, SETTINGS, "Messages", read=read_settings, prepares=messages.prepare)
