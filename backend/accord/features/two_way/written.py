"""What linked values tell whoever asks who wrote a field of a deal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accord.core.identity import Identity
from accord.core.ids import RecordId
from accord.core.written import NotWritten, Writer, Written
from accord.features.two_way import store
from accord.features.two_way.model import FIELDS, Origin, Standing, ValueState
from accord.features.two_way.service import sentence
from accord.infra.db import Database
from accord.mapping.values import as_text, same

APART: Final = frozenset({Standing.APART, Standing.CONFLICT, Standing.FROZEN})


@dataclass(frozen=True, slots=True)
class ValuesWritten:
    """Only the latest changes are known: those in which a value could have flipped."""

    database: Database

    def wrote(self, caller: Identity, record_id: RecordId, field: str) -> Sequence[Written]:
        """What was written to one field of one deal, the newest first."""
        written = [one for state in self._states(caller, record_id, field) for one in _written(state)]
        return sorted(written, key=lambda one: one.at, reverse=True)

    def left(self, caller: Identity, record_id: RecordId, field: str) -> NotWritten | None:
        """Why the two sides are not made equal."""
        told = [(state, sentence(state)) for state in self._states(caller, record_id, field)]
        kept = [(state, words) for state, words in told if state.standing in APART and words is not None]
        return NotWritten(str(kept[0][0].standing), kept[0][1]) if kept else None

    def _states(self, caller: Identity, record_id: RecordId, field: str) -> Sequence[ValueState]:
        linked = next((one for one, name in FIELDS.items() if name == field), None)
        if linked is None:
            return []
        with self.database.reading(caller.workspace_id) as session:
            found = store.load_of_deals(session, caller.connection_id, [record_id], linked)
        return [stored.state for stored in found.values()]


def _written(state: ValueState) -> list[Written]:
    """Our turns that have arrived. Who changed the plan is not kept with the value."""
    pending = state.pending
    return [
        Written(
            turn.at,
            Writer.TWO_WAY,
            None,
            own_login=False,
            old=None,
            new=as_text(turn.value),
        )
        for turn in state.turns
        if turn.origin is Origin.OURS and not (pending is not None and same(pending.value, turn.value))
    ]
