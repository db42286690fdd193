"""Keeps what became of each save."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from accord.core.clock import Clock
from accord.core.errors import UnavailableError
from accord.core.identity import Identity
from accord.features.panels.model import Change, Panel
from accord.features.panels.why import rules, store
from accord.features.panels.why.model import Try
from accord.infra.db import Database

log = structlog.get_logger()
KEPT_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Tries:
    database: Database
    clock: Clock

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

    def forget_old(self) -> int:
        """Drops what is older than three months; gives how many."""
        with self.database.system() as session:
            return store.forget_older(session, self.clock() - KEPT_FOR)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
