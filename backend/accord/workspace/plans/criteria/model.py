"""What an admin sets: the criteria of an org, as one list with a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accord.core.ids import MemberId
from accord.workspace.plans.model import Criterion


@dataclass(frozen=True, slots=True)
class CriteriaSettings:
    """The criteria of an org in their order; each is known by its key. Version 0: no admin has made one yet."""

    criteria: tuple[Criterion, ...] = ()
    version: int = 0
    changed_at: datetime | None = None
    changed_by: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Edits:
    """What a new list makes of the present one. `moved` are those of which only the place differs; `is_reordered`: not
    only because others came or went.
    """

    added: Sequence[Criterion]
    changed: Sequence[Criterion]
    moved: Sequence[Criterion]
    is_reordered: bool
    gone: Sequence[Criterion]
