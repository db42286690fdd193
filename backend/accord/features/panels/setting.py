"""The panel's set-up and its variables as kinds of settings among others."""

from collections.abc import Sequence

from accord.features.panels.setup import schemas, store
from accord.features.panels.variables import schemas as named_schemas
from accord.features.panels.variables import store as named
from accord.features.panels.variables.service import Variables
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def panel_settings(variables: Variables) -> Sequence[Setting]:
    """Both, in the order of the settings tab."""
    panel, title = variables.panel, "Salesforce Slideout"
    return (
        SettingOf(panel.database, store.SETTINGS, title, read=schemas.read_values, prepares=panel.prepare),
        SettingOf(
            panel.database,
            named.SETTINGS,
            "Salesforce Variables",
            read=named_schemas.read_values,
            prepares=variables.prepare,
        ),
    )
