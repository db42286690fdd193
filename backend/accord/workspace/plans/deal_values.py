"""Values that a plan may share with its deal: whoever changes them changes the deal, and needs that right (S3, W12)."""

from collections.abc import Iterable
from typing import Final, Protocol

from accord.core.errors import NotAllowedError, Problem
from accord.core.identity import Identity
from accord.core.ids import RecordId
from accord.workspace.plans.model import Plan

NAMES: Final = ("end_date", "value")
_WORDS: Final = {
    "end_date": "The end date of this plan is the close date of its deal, which Salesforce does not let you change.",
    "value": "The value of this plan is the amount of its deal, which Salesforce does not let you change.",
}
_REMEDY: Final = (
    "Nothing was changed. Leave out what is named, or have it changed by somebody who may edit the deal; outside"
    " Lightning your own Salesforce login must be connected, and in Lightning the Accord package be the present one."
)


class DealValues(Protocol):
    """What Salesforce lets somebody do with them. The root says who answers."""

    def sees_value(self, who: Identity, plan: Plan) -> bool:
        """Whether he may see the plan's value."""
        ...

    def sees_stage(self, who: Identity, plan: Plan) -> bool:
        """Whether he may see how far the plan's deal is."""
        ...

    def refused(self, who: Identity, deal: RecordId, names: Iterable[str]) -> list[str]:
        """Which of these values of a plan of this deal he may not change."""
        ...


def check_refused(refused: Iterable[str]) -> None:
    """Raises NotAllowedError that names each value."""
    problems = tuple(Problem(code="NOT_ALLOWED", message=_WORDS[name], key=name, field=name) for name in refused)
    if problems:
        raise NotAllowedError(f"{problems[0].message} {_REMEDY}", problems=problems)
