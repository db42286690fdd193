"""What every kind of settings offers, so that a change can be put back, and settings can move to another org."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from accord.core.audit import Action
from accord.core.identity import Identity
from accord.core.ids import WorkspaceId
from accord.infra.db import Database, WorkspaceSession


@dataclass(frozen=True, slots=True)
class Standing:
    """How settings stand: their version, and the JSON value with which they can be set again."""

    version: int
    values: Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Why settings are set: what the line in the audit says of it. `beside`: what a file has of all kinds, by kind; it
    is set in the same transaction, in the order of the kinds.
    """

    action: Action = Action.CHANGED
    undoes: str | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)


CHANGED = Reason()


def _nothing() -> None:
    """Nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Settings that were checked. `store` keeps them and their line in the audit in one transaction, and gives the
    line's id; it raises OutdatedError when somebody else was faster. `afterwards` is called when that is committed.
    """

    store: Callable[[WorkspaceSession], str]
    afterwards: Callable[[], None] = _nothing

    def carry_out(self, database: Database, workspace_id: WorkspaceId) -> str:
        """Stores them in a transaction of their own; gives the line's id. Raises OutdatedError."""
        with database.workspace(workspace_id) as session:
            line_id = self.store(session)
        self.afterwards()
        return line_id


class Setting(Protocol):
    """One kind of settings of a connection. `is_portable`: another org may have them too."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def is_portable(self) -> bool: ...

    def standing(self, caller: Identity) -> Standing: ...

    def prepare(self, caller: Identity, values: Any, *, version: int, reason: Reason) -> Prepared:
        """Checks values against the caller's org; nothing is stored. `version` is the one that they replace.

        Raises RejectedError that names all that is wrong or that the org lacks, OutdatedError.
        """
        ...
