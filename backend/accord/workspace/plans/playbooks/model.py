"""A playbook: what new plans begin with. It is no plan: it has no people, no deal, no values and no comments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from accord.core.ids import ConnectionId, MemberId, PlanId, PlaybookId
from accord.infra.db import WorkspaceSession


@dataclass(frozen=True, slots=True)
class PlaybookStep:
    """`due_after`: days after the start of the plan; None: not due. `criteria`: keys of those that are about it."""

    title: str
    description: str = ""
    key: str | None = None
    is_internal: bool = False
    due_after: int | None = None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaybookStage:
    title: str
    is_internal: bool = False
    steps: tuple[PlaybookStep, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaybookResource:
    title: str
    url: str
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    stages: int
    steps: int
    resources: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a plan that begins with it gets."""

    stages: tuple[PlaybookStage, ...] = ()
    resources: tuple[PlaybookResource, ...] = ()

    @property
    def steps(self) -> tuple[PlaybookStep, ...]:
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def counts(self) -> Counts:
        return Counts(len(self.stages), len(self.steps), len(self.resources))


@dataclass(frozen=True, slots=True)
class Playbook:
    """`counts` says how much it has. `is_offered`: everybody who starts a plan may choose it; rules and Flows may name
    it in any case.
    """

    id: PlaybookId
    connection_id: ConnectionId
    title: str
    description: str
    position: int
    counts: Counts
    saved_at: datetime
    saved_by: MemberId | None
    is_offered: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """`saved_by`: his name. `rules`: names of the rules for automatic plans that name it."""

    playbook: Playbook
    saved_by: str | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    shown: Sequence[Shown]
    next: PlaybookId | None


@dataclass(frozen=True, slots=True)
class Source:
    """A plan whose contents a playbook takes. `start`: the day from which days are counted; None: when it was made."""

    plan_id: PlanId
    start: date | None = None


class PlaybookUses(Protocol):
    """Names of the rules for automatic plans by the playbook that each names."""

    def __call__(
        self, session: WorkspaceSession, connection_id: ConnectionId, /
    ) -> Mapping[PlaybookId, Sequence[str]]: ...


def names_none(_session: WorkspaceSession, _connection_id: ConnectionId, /) -> Mapping[PlaybookId, Sequence[str]]:
    """For where there are no rules."""
    return {}
