"""What an admin sees of the audit."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.audit import Line


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its title and the name of who did it (None: nobody whom we know by name)."""

    line: Line
    title: str
    by: str | None
    can_put_back: bool


@dataclass(frozen=True, slots=True)
class Page:
    lines: Sequence[ShownLine]
    next_before: str | None
