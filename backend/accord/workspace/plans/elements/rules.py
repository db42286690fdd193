"""Decisions about stages and steps: values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from accord.core.errors import ConflictError, OutdatedError, VersionNeededError
from accord.workspace.plans.model import Plan, Stage, Step, StepMark

Placed = TypeVar("Placed", Stage, StepMark)


def check_version(given: str | None, version: int) -> None:
    """Raises VersionNeededError, or OutdatedError when somebody else was first."""
    if given is None:
        raise VersionNeededError("Say which version you have changed: send it as If-Match. Load it first.")
    if given != str(version):
        raise OutdatedError("Somebody else has changed this since you loaded it. Load it again and repeat your change.")


def check_live(plan: Plan) -> None:
    """Raises ConflictError (PLAN_ARCHIVED): an archived plan stays as it is."""
    if plan.archived_at is not None:
        raise ConflictError("This plan is archived. Bring it back first.", code="PLAN_ARCHIVED")


def placed(others: Sequence[Placed], one: Placed, position: int | None) -> list[Placed]:
    """All of them in their new order: `one` at the position, or at the end. Each has its position."""
    in_order = list(others)
    in_order.insert(len(others) if position is None else max(0, min(position, len(others))), one)
    return [replace(each, position=number) for number, each in enumerate(in_order)]


def changed_words(before: Step, after: Step, names: Mapping[str, str]) -> tuple[str, str]:
    """What was changed of a step, in words: how it was and how it is. `names` are those of members and stages."""
    was, is_now = _words(before, names), _words(after, names)
    changed = [name for name in was if was[name] != is_now[name]]
    return "; ".join(f"{one}: {was[one]}" for one in changed), "; ".join(f"{one}: {is_now[one]}" for one in changed)


def _words(step: Step, names: Mapping[str, str]) -> dict[str, str]:
    mark = step.mark
    return {
        "Title": step.title,
        "Description": step.description or "none",
        "Due date": mark.due_date.isoformat() if mark.due_date else "none",
        "Owner": names.get(step.owner or "", "nobody"),
        "Completed": mark.completed_on.isoformat() if mark.completed_on else "no",
        "Internal": "yes" if mark.is_internal else "no",
        "Key": step.key or "none",
        "Stage": names.get(mark.stage_id, ""),
    }
