"""The values of our fields, on their way to the admin's own file."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: the fields of one object (or paths from it), as far as the caller sees them; `hidden` are the others.
    `records` have a value in one of them; reading them takes `calls` API calls.
    """

    sobject: str
    fields: Sequence[str]
    hidden: Sequence[str]
    records: int
    calls: int


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a sheet as CSV; the first has the header. `next_after` None: it was the last."""

    csv: str
    count: int
    next_after: str | None
