"""Decisions about the list of criteria: values in, values out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from accord.core.errors import Problem
from accord.core.ids import CriterionId
from accord.core.text import printable
from accord.workspace.plans import rules
from accord.workspace.plans.criteria.model import Edits
from accord.workspace.plans.model import Criterion, CriterionKind

MOST_CRITERIA: Final = 50
MOST_STAGES: Final = 50


def wish_of(given: Mapping[str, Any], position: int) -> Criterion:
    """A criterion as somebody wants it; its id is found by its key."""
    stages = tuple(dict.fromkeys(given.get("stages") or ()))
    title = given["title"].strip()
    return Criterion(CriterionId(""), given["key"], CriterionKind(given["kind"]), title, position, stages=stages)


def values_of(criteria: Sequence[Criterion]) -> dict[str, Any]:
    """The list as a JSON value with which it can be set again, here or in another org."""
    return {
        "criteria": [
            {"key": one.key, "kind": str(one.kind), "title": one.title, "stages": list(one.stages)} for one in criteria
        ]
    }


def problems_of(
    wanted: Sequence[Criterion], present: Sequence[Criterion], stages: Collection[str] | None
) -> tuple[Problem, ...]:
    """What is wrong with a list. `stages` are those of the org; None: nobody could say."""
    return tuple(_problems_of(wanted, present, stages))


def _problems_of(
    wanted: Sequence[Criterion], present: Sequence[Criterion], stages: Collection[str] | None
) -> Iterator[Problem]:
    if len(wanted) > MOST_CRITERIA:
        yield _problem("criteria", "criteria", f"An org has at most {MOST_CRITERIA} criteria.")
    kinds = {one.key: one.kind for one in present}
    known = {stage for one in present for stage in one.stages}
    keys: set[str] = set()
    for number, one in enumerate(wanted):
        place = f"criteria.{number}"
        for problem in (*rules.text_problems("title", "name", one.title), *rules.key_problems("key", one.key)):
            yield replace(problem, key=place)
        if one.key in keys:
            yield _problem(place, "key", f"Another criterion has the key {one.key}. Each has its own.")
        keys.add(one.key)
        if kinds.get(one.key, one.kind) is not one.kind:
            words = (
                f"{one.key} is of the kind {kinds[one.key]} here, and a kind stays. Make another one with a new key."
            )
            yield _problem(place, "kind", words)
        if len(one.stages) > MOST_STAGES:
            yield _problem(place, "stages", f"Choose at most {MOST_STAGES} stages, or none: then it always counts.")
        for stage in one.stages:
            if stages is not None and stage not in stages and stage not in known:
                words = f"{one.title} is required at the stage {stage}, which this org does not have. Choose its own."
                yield _problem(place, "stages", words)


def edits_of(present: Sequence[Criterion], wanted: Sequence[Criterion]) -> Edits:
    """What has to be done so that the list is the wanted one. Those that were there keep their ids."""
    known = {one.key: one for one in present}
    after = [replace(one, id=known[one.key].id) for one in wanted if one.key in known]
    keys = {one.key for one in wanted}
    changed = [one for one in after if (one.title, one.stages) != (known[one.key].title, known[one.key].stages)]
    return Edits(
        added=[one for one in wanted if one.key not in known],
        changed=changed,
        moved=[one for one in after if one not in changed and one.position != known[one.key].position],
        # what stands behind one that went only closes the gap: nobody has moved it
        is_reordered=[one.key for one in present if one.key in keys] != [one.key for one in after],
        gone=[one for one in present if one.key not in keys],
    )


def _problem(place: str, field: str, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", key=place, field=field, message=printable(message))
