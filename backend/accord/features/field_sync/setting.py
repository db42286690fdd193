"""The synced fields as one kind of settings among others."""

from accord.features.field_sync.schemas import read_values
from accord.features.field_sync.setup import FieldSyncSetup
from accord.features.field_sync.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def field_sync_setting(setup: FieldSyncSetup) -> Setting:
    title = "Sync Accord data to Salesforce"
    return SettingOf(setup.database, SETTINGS, title, read=read_values, prepares=setup.prepare)
