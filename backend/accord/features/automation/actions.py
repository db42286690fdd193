"""Runs an action over a Flow's list: each item by itself, as many answers, in the same order, all of it remembered."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from accord.core.clock import Clock
from accord.core.flow import FlowResult
from accord.core.identity import Identity
from accord.core.ids import new_id
from accord.features.automation.calls.model import Answered
from accord.features.automation.calls.service import FlowCalls
from accord.features.automation.schemas import result_json


@dataclass(frozen=True, slots=True)
class Action:
    """One action: `read` reads each item that a Flow gives, `make` turns its values into what `run` takes.

    `blank` are its own outputs for an item that has none.
    """

    name: str
    read: Callable[[Sequence[Any]], Sequence[dict[str, Any] | FlowResult]]
    make: Callable[..., Any]
    run: Callable[[Identity, Sequence[Any]], Sequence[FlowResult]]
    blank: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Runner:
    calls: FlowCalls
    clock: Clock

    def answer(self, action: Action, caller: Identity, given: Sequence[Any]) -> list[dict[str, Any]]:
        """The answers as a Flow gets them. Raises only what makes the whole call hopeless."""
        started = time.monotonic()
        results = self._run(action, caller, given)
        answered = [Answered(one, result) for one, result in zip(given, results, strict=True)]
        self.calls.remember(caller, action.name, answered, milliseconds=round((time.monotonic() - started) * 1000))
        return [{**action.blank, **result_json(result)} for result in results]

    def dry_run(self, action: Action, caller: Identity, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the action would do with this item now. Nothing is done or remembered."""
        (result,) = self._run(action, caller, [{**given, "dryRun": True}])
        return {**action.blank, **result_json(result)}

    def _run(self, action: Action, caller: Identity, given: Sequence[Any]) -> list[FlowResult]:
        # a refusal has a reference too, so that it can be found in the log
        results = run_each(action, caller, given)
        return [replace(one, reference_id=one.reference_id or new_id(self.clock())) for one in results]


def run_each(action: Action, caller: Identity, given: Sequence[Any]) -> list[FlowResult]:
    """As many answers as items, in their order: what cannot be read has its answer without being run."""
    read = action.read(given)
    good = [
        action.make(**{name: value for name, value in one.items() if name != "flow_name"})
        for one in read
        if isinstance(one, dict)
    ]
    answers = iter(action.run(caller, good) if good else ())
    return [one if isinstance(one, FlowResult) else next(answers) for one in read]
