"""The budget of calls as one kind of settings among others."""

from accord.delivery.allowance import SETTINGS
from accord.features.call_budget.schemas import read_values
from accord.features.call_budget.service import BudgetSetup
from accord.infra.audit import Setting
from accord.workspace.settings.setting import SettingOf


def budget_setting(setup: BudgetSetup) -> Setting:
    return SettingOf(setup.database, SETTINGS, "API budget", read=read_values, prepares=setup.prepare)
