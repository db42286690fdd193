"""What a budget of calls may be. Values in, values out."""

from collections.abc import Iterator
from typing import Final

from accord.core.errors import Problem
from accord.delivery.budget import CallBudget

MOST_KEPT: Final = 90


def problems_of(budget: CallBudget) -> tuple[Problem, ...]:
    """Everything that is wrong with it, each with what to do."""
    return tuple(_problems(budget))


def _problems(budget: CallBudget) -> Iterator[Problem]:
    if not 1 <= budget.own_share <= 100:
        yield _wrong("own_share", "Accord's share is 1 to 100 percent of what others leave. To stop Accord, use Stop.")
    if not 0 <= budget.kept_for_people <= MOST_KEPT:
        yield _wrong("kept_for_people", f"Keep 0 to {MOST_KEPT} percent of the calls for people.")
    elif not 1 <= budget.backfill_stops_at <= 100 - budget.kept_for_people:
        most = 100 - budget.kept_for_people
        yield _wrong(
            "backfill_stops_at",
            f"Back-fills stop at 1 to {most} percent: the last {budget.kept_for_people} are kept for people.",
        )


def _wrong(field: str, message: str) -> Problem:
    return Problem(key=field, field=field, code="INVALID_VALUE", message=message)
