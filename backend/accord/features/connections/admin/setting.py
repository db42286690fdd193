"""The settings of the connection as one kind of settings among others; they are about this very org."""

from accord.features.connections.admin.schemas import read_values
from accord.features.connections.admin.service import ConnectionAdmin
from accord.features.connections.integration.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def connection_setting(admin: ConnectionAdmin) -> Setting:
    database = admin.connections.integration.database
    return SettingOf(
        database, SETTINGS, "Connection", read=read_values, prepares=admin.prepare_settings, is_portable=False
    )
