"""Keeps what became of each save, and tells why a field holds what it holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotFoundError, UnavailableError
from accord.core.identity import Identity
from accord.core.ids import MemberId, RecordId
from accord.core.written import TellsWritten, Writer, Written
from accord.features.panels.model import Change, Panel
from accord.features.panels.why import rules, store
from accord.features.panels.why.model import Outcome, Try, Why
from accord.infra.db import Database
from accord.workspace.members.store import find_member

log = structlog.get_logger()
KEPT_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Tries:
    """What became of saves. `others` are told of what else writes to the fields of the panel."""

    database: Database
    clock: Clock
    others: Sequence[TellsWritten] = ()

    def note(self, caller: Identity, panel: Panel, changes: Sequence[Change], told: rules.Told) -> None:
        """Keeps what became of each field. A database that is away by now fails no save."""
        if caller.member_id is None:
            return
        now, tries = self.clock(), []
        for change in changes:
            row = panel.row(change.key)
            if row is None or row.record_id is None or change.key not in told:
                continue
            outcome, words = told[change.key]
            old, new = _text(change.seen), _text(change.value)
            tries.append(Try(now, caller.member_id, row.record_id, row.spec.field, outcome, old, new, words))
        if not tries:
            return
        try:
            with self.database.workspace(caller.workspace_id) as session:
                store.add(session, caller.connection_id, tries)
        except UnavailableError as error:
            log.warning("tries_not_kept", code=error.code)

    def explain(self, caller: Identity, panel: Panel, key: str) -> Why:
        """Why a row of this panel, which the caller was given under his own rights, holds what it holds.

        Raises NotFoundError for a field that the panel does not show.
        """
        row = panel.row(key)
        if row is None:
            raise NotFoundError("field")
        is_hidden = row.describe is None
        tries: Sequence[Try] = []
        if row.record_id is not None:
            with self.database.reading(caller.workspace_id) as session:
                tries = store.load(session, caller.connection_id, row.record_id, row.spec.field)
        return Why(
            key=key,
            label=row.spec.label,
            is_hidden=is_hidden,
            changed_at=panel.changed_at.get(row.spec.sobject),
            wrote=rules.newest(self._written(caller, row.record_id, row.spec.field, tries), is_hidden=is_hidden),
            skipped=rules.skipped(tries, is_hidden=is_hidden),
        )

    def names(self, caller: Identity, member_ids: Collection[MemberId]) -> Mapping[MemberId, str]:
        """What the members are called."""
        with self.database.reading(caller.workspace_id) as session:
            found = {member_id: find_member(session, member_id) for member_id in member_ids}
        return {member_id: member.name for member_id, member in found.items() if member is not None}

    def forget_old(self) -> int:
        """Drops what is older than three months; gives how many."""
        with self.database.system() as session:
            return store.forget_older(session, self.clock() - KEPT_FOR)

    def _written(
        self, caller: Identity, record_id: RecordId | None, field: str, tries: Sequence[Try]
    ) -> Sequence[Written]:
        if record_id is None:
            return []
        ours = [
            Written(one.at, Writer.PANEL, one.member_id, own_login=True, old=one.old, new=one.new)
            for one in tries
            if one.outcome is Outcome.SAVED
        ]
        return [*ours, *(one for tell in self.others for one in tell(caller, record_id, field))]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
