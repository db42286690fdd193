"""Verifiers as ordered lists of named checks: the first that fails names the refusal.

A list can be read from top to bottom, and a test can leave one check out to see that it mattered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from accord.features.connections.model import RefusedTokenError

Attempt = TypeVar("Attempt")


@dataclass(frozen=True, slots=True)
class Check(Generic[Attempt]):
    """`passes` looks at an attempt; `advice` says in plain words what a person does about a failure."""

    name: str
    passes: Callable[[Attempt], bool]
    advice: str


def run_checks(checks: Sequence[Check[Attempt]], attempt: Attempt) -> None:
    """Raises RefusedTokenError with the name of the first check that does not pass."""
    for check in checks:
        if not check.passes(attempt):
            raise RefusedTokenError(check.name, check.advice)
