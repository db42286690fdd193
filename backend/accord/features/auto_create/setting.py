"""The rules as one kind of settings among others."""

from accord.features.auto_create.schemas import read_values
from accord.features.auto_create.setup import AutoCreateSetup
from accord.features.auto_create.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def auto_create_setting(setup: AutoCreateSetup) -> Setting:
    """Rules that come from a file or from an older line begin with the deals that change from then on."""
    title = "Automatically Create Accords"
    return SettingOf(setup.database, SETTINGS, title, read=read_values, prepares=setup.prepare)
