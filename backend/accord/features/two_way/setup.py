"""What admins set: the two switches, who wins, and how long a conflict waits for its owner (A105, A110, D28)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from accord.core.clock import Clock
from accord.core.errors import OutdatedError, Problem, RejectedError
from accord.core.identity import Identity
from accord.features.two_way import store
from accord.features.two_way.currencies import CurrencyOf
from accord.features.two_way.model import Linked, Settings, Standing
from accord.features.two_way.reading.store import read_whole
from accord.features.two_way.rules import LONGEST_ASK_DAYS
from accord.infra.audit import CHANGED, Entry, Prepared, Reason, actor_of, record
from accord.infra.db import Database, WorkspaceSession
from accord.mapping.merge import Policy
from accord.workspace.members.store import find_member

KIND: Final = "settings.two_way"
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
            member = find_member(session, settings.changed_by) if settings.changed_by else None
            counts = store.count_standings(session, caller.connection_id)
            known = self.currency_of(session, caller.connection_id)
        return SettingsView(settings, member.name if member else None, counts, known)

    def save(self, caller: Identity, new: Settings) -> SettingsView:
        """Stores the settings; `new.version` is the version that was changed.

        Raises RejectedError that names what is wrong, OutdatedError when another admin was first. Nothing was written.
        """
        prepared = self.prepare(caller, new)
        with self.database.workspace(caller.workspace_id) as session:
            prepared.store(session)
        prepared.afterwards()
        return self.load(caller)

    def prepare(self, caller: Identity, new: Settings, *, reason: Reason = CHANGED) -> Prepared:
        """The settings, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        problems = problems_of(new)
        if problems:
            raise RejectedError("Nothing was saved. Correct what is named.", problems=problems)

        def keep(session: WorkspaceSession) -> str:
            now, place = self.clock(), caller.connection_id
            known = store.load_settings(session, place)
            next_one = replace(new, version=new.version + 1, changed_at=now, changed_by=caller.member_id)
            if known.version != new.version or not store.save_settings(session, place, next_one, now=now):
                raise OutdatedError("Somebody else has changed these settings. Load them again and repeat your change.")
            read_whole(session, place)  # what was off, or could not be compared, meets at the next turn
            entry = Entry(
                place,
                KIND,
                actor_of(caller.member_id),
                caller.member_id,
                old=store.values_of(known),
                new=store.values_of(next_one),
                version=next_one.version,
                action=reason.action,
                undoes=reason.undoes,
            )
            return record(session, entry, now=now)

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
