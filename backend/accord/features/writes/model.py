"""The values of the list of writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.core.written import WriteLine

MOST_ON_A_PAGE = 100
MOST_IN_FILE = 2_000


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as its reader may see it: `hidden` names the fields whose values Salesforce does not show him (S3).

    `labels` are what Salesforce calls the fields that he sees, by name. `by` is who did it, None where nobody of ours
    did; `login` by whose login it was written, None where that is not known.
    """

    line: WriteLine
    by: str | None
    login: str | None
    hidden: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """`next_before` asks for the next page; None when there is none. `has_login`: the reader has a login of his own, so
    values could be asked for.
    """

    lines: Sequence[ShownLine]
    next_before: str | None
    has_login: bool
