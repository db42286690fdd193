"""The sync of contacts as one kind of settings among others."""

from accord.features.contacts.schemas import read_values
from accord.features.contacts.setup import ContactSetup
from accord.features.contacts.store import SETTINGS
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def contact_setting(setup: ContactSetup) -> Setting:
    return SettingOf(setup.database, SETTINGS, "Contacts", read=read_values, prepares=setup.prepare)
