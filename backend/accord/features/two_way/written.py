"""What linked values tell whoever asks who wrote a field of a deal."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.identity import Identity
from accord.core.ids import RecordId
from accord.core.written import Writer, Written
from accord.features.two_way import store
from accord.features.two_way.model import FIELDS, Origin, ValueState
from accord.infra.db import Database
from accord.mapping.values import as_text, same


@dataclass(frozen=True, slots=True)
class ValuesWritten:
    """Only the latest changes are known: those in which a value could have flipped."""

    database: Database

    def __call__(self, caller: Identity, record_id: RecordId, field: str) -> Sequence[Written]:
        """What was written to one field of one deal, the newest first."""
        linked = next((one for one, name in FIELDS.items() if name == field), None)
        if linked is None:
            return []
        with self.database.reading(caller.workspace_id) as session:
            found = store.load_of_deals(session, caller.connection_id, [record_id], linked)
        written = [one for stored in found.values() for one in _written(stored.state)]
        return sorted(written, key=lambda one: one.at, reverse=True)


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
