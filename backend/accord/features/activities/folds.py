"""Folded Tasks as they are kept: their lines lie sealed, like every text that goes to Salesforce."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accord.core.ids import ConnectionId, MemberId
from accord.delivery.model import lane_of
from accord.delivery.payload import Sealer
from accord.delivery.service import Delivery
from accord.features.activities import folding, rules, store
from accord.features.activities.model import Activity, Author, Fold, Folding, Happened, Kind
from accord.features.activities.rules import Terms
from accord.infra.db import SealContext, WorkspaceSession


@dataclass(frozen=True, slots=True)
class Folds:
    """Finds the Task that a repeat belongs to, counts it there, or begins a new one."""

    sealer: Sealer
    delivery: Delivery

    def find(self, session: WorkspaceSession, terms: Terms, activity: Activity, author: Author) -> Fold | None:
        """The fold that this activity repeats, with the login that makes or made its Task: each author has his own."""
        connection_id, settings = terms.connection_id, terms.settings.kinds[activity.kind]
        if settings.folding is Folding.NONE:
            return None
        for row in store.load_folds(session, connection_id, activity, by=author.member_id, within=folding.LONGEST):
            fold = self._fold(session, connection_id, row)
            if folding.belongs(fold, activity.occurred_at, settings):
                return self._with_login(session, connection_id, fold)
        return None

    def begin(self, session: WorkspaceSession, terms: Terms, activity: Activity, author: Author, who: str) -> None:
        """From now on repeats of this activity are counted on its Task."""
        lines = (folding.happened(activity, who),)
        store.add_fold(
            session,
            {
                "id": activity.id,
                "connection_id": terms.connection_id,
                "opportunity_id": activity.opportunity_id,
                "kind": str(activity.kind),
                "started_at": activity.occurred_at,
                "time_zone": author.time_zone,
                "count": 1,
                "happened": self._seal(session, terms.connection_id, activity.id, lines),
                "member_id": author.member_id,
                "login_reason": str(author.reason),
                "counted_at": terms.now,
            },
        )

    def count(self, session: WorkspaceSession, terms: Terms, fold: Fold, activity: Activity, who: str) -> Fold:
        """The fold with this activity in it."""
        lines = folding.keep(fold.happened, folding.happened(activity, who))
        counted = replace(fold, count=fold.count + 1, happened=lines)
        sealed = self._seal(session, terms.connection_id, fold.id, lines)
        store.set_fold(session, fold.id, {"count": counted.count, "happened": sealed, "counted_at": terms.now})
        return counted

    def _with_login(self, session: WorkspaceSession, connection_id: ConnectionId, fold: Fold) -> Fold:
        """A folded Task is always written with the login that made it (W1): delivery knows when another one had to."""
        lane = lane_of("Task", rules.KEY_FIELD, rules.task_key(connection_id, fold.id))
        maker = self.delivery.find_maker(session, connection_id, lane)
        return fold if maker is None else replace(fold, member_id=maker[0], login_reason=maker[1])

    def _fold(self, session: WorkspaceSession, connection_id: ConnectionId, row: Any) -> Fold:
        text = self.sealer.open(session.workspace_id, row.happened, _context(connection_id, row.id))
        return Fold(
            id=row.id,
            kind=Kind(row.kind),
            started_at=row.started_at,
            time_zone=row.time_zone,
            count=row.count,
            happened=tuple(_read(one) for one in json.loads(text)),
            member_id=MemberId(row.member_id) if row.member_id else None,
            login_reason=row.login_reason,
        )

    def _seal(
        self, session: WorkspaceSession, connection_id: ConnectionId, fold_id: str, lines: Sequence[Happened]
    ) -> bytes:
        text = json.dumps([[one.at.isoformat(), one.who, one.text, one.description] for one in lines])
        return self.sealer.seal(session.workspace_id, text, _context(connection_id, fold_id))


def _read(one: Sequence[Any]) -> Happened:
    at, who, text, description = one
    return Happened(datetime.fromisoformat(at), who, text, description)


def _context(connection_id: ConnectionId, fold_id: str) -> SealContext:
    return SealContext(table="task_fold", connection_id=connection_id, user_id="", purpose=f"lines of {fold_id}")
