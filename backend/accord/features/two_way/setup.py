"""What admins set: the two switches, who wins, and how long a conflict waits for its owner (A105, A110, D28)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.errors import Problem, RejectedError
from accord.core.identity import Identity
from accord.features.two_way import store
from accord.features.two_way.currencies import CurrencyOf
from accord.features.two_way.model import Linked, Settings, Standing
from accord.features.two_way.reading.store import read_whole
from accord.features.two_way.rules import LONGEST_ASK_DAYS
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.mapping.merge import Policy
from accord.workspace.members.store import find_name
from accord.workspace.settings.store import Change

_CURRENCY: Final = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class SettingsView:
    """`counts`: how many values of the org stand how. `changed_by` is a name. `known_currency`: what the org has said
    of its one currency.
    """

    settings: Settings
    changed_by: str | None
    counts: Mapping[tuple[Linked, Standing], int]
    known_currency: str | None = None


@dataclass(frozen=True, slots=True)
class TwoWaySetup:
    database: Database
    clock: Clock
    currency_of: CurrencyOf

    def load(self, caller: Identity) -> SettingsView:
        with self.database.reading(caller.workspace_id) as session:
            settings = store.load_settings(session, caller.connection_id)
            counts = store.count_standings(session, caller.connection_id)
            known = self.currency_of(session, caller.connection_id)
            return SettingsView(settings, find_name(session, settings.changed_by), counts, known)

    def save(self, caller: Identity, new: Settings) -> SettingsView:
        """Stores the settings; `new.version` is the version that was changed.

        Raises RejectedError that names what is wrong, OutdatedError when another admin was first. Nothing was written.
        """
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: Settings, *, reason: Reason = CHANGED) -> Prepared:
        """The settings, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        problems = problems_of(new)
        if problems:
            raise RejectedError("Nothing was saved. Correct what is named.", problems=problems)

        def keep(session: WorkspaceSession) -> str:
            change = Change(new, caller.member_id, self.clock(), reason)
            line_id = store.SETTINGS.change(session, caller.connection_id, change)
            read_whole(session, caller.connection_id)  # what was off, or could not be compared, meets at the next turn
            return line_id

        return Prepared(keep)


def problems_of(settings: Settings) -> tuple[Problem, ...]:
    """Everything that is wrong with settings to be stored."""
    found: list[Problem] = []

    def wrong(field: str, message: str, key: str) -> None:
        found.append(Problem(code="INVALID_VALUE", field=field, key=key, message=message))

    for linked, one in settings.links.items():
        if not 1 <= one.ask_days <= LONGEST_ASK_DAYS:
            wrong("ask_days", f"A conflict waits for 1 to {LONGEST_ASK_DAYS} days.", linked.value)
        if one.ask_default is Policy.ASK:
            wrong("ask_default", "What is done when nobody has answered cannot be to ask again.", linked.value)
    if settings.org_currency is not None and not _CURRENCY.fullmatch(settings.org_currency):
        wrong("org_currency", "A currency is a code of three capital letters, such as EUR.", "org_currency")
    return tuple(found)
