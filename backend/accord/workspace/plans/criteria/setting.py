"""The criteria and the weights of the score as two kinds of settings among others."""

from typing import Any

from accord.infra.audit import Setting
from accord.workspace.plans.criteria import store
from accord.workspace.plans.criteria.model import CriteriaSettings
from accord.workspace.plans.criteria.schemas import read_criteria, read_weights
from accord.workspace.plans.criteria.setup import CriteriaSetup, WeightsSetup
from accord.workspace.settings.setting import SettingOf

KIND = store.CRITERIA.kind


def criteria_setting(setup: CriteriaSetup) -> Setting:
    database = setup.changes.database
    return SettingOf(database, store.CRITERIA, "Execution Criteria", read=read_criteria, prepares=setup.prepare)


def weights_setting(setup: WeightsSetup) -> Setting:
    database = setup.changes.database
    return SettingOf(database, store.WEIGHTS, "Execution Score", read=read_weights, prepares=setup.prepare)


def criteria_of_file(settings: Any) -> CriteriaSettings:
    """The criteria that a file brings along; none when it has none. Raises RejectedError."""
    values = settings.get(KIND)
    return CriteriaSettings() if values is None else read_criteria(values, version=0)
