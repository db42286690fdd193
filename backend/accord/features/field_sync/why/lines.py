"""What synced fields tell the list of writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from accord.core.identity import Identity
from accord.core.written import Fate, WantedWrites, WriteLine, Writer, WrittenValue
from accord.features.field_sync.sync.model import Write, WriteState
from accord.features.field_sync.why.store import load_newest
from accord.infra.db import Database
from accord.mapping.values import as_text

_FATES: Final[Mapping[WriteState, Fate]] = {
    WriteState.SENT: Fate.WAITING,
    WriteState.DONE: Fate.WRITTEN,
    WriteState.REFUSED: Fate.NOT_WRITTEN,
    WriteState.LOST: Fate.NOT_WRITTEN,
}
_REASONS: Final[Mapping[WriteState, str]] = {
    WriteState.SENT: "It was sent, and its answer is not known yet. The next look at the record tells.",
    WriteState.REFUSED: "Salesforce refused it. The page Errors has the cause.",
    WriteState.LOST: "It was sent, and a later look did not find its values.",
}


@dataclass(frozen=True, slots=True)
class FieldLines:
    database: Database

    def lines(self, caller: Identity, wanted: WantedWrites) -> Sequence[WriteLine]:
        """Each write of each record, with the values before and after it."""
        with self.database.reading(caller.workspace_id) as session:
            return [_line(write) for write in load_newest(session, caller.connection_id, wanted)]


def _line(write: Write) -> WriteLine:
    return WriteLine(
        id=write.id,
        at=write.at,
        writer=Writer.FIELD_SYNC,
        kind=write.trigger.kind,
        fate=_FATES[write.state],
        sobject=write.sobject,
        record_id=write.record_id,
        member_id=write.trigger.actor_id,
        login_name=write.login,
        values=tuple(
            WrittenValue(write.names[row], as_text(change.old), as_text(change.new))
            for row, change in write.changes.items()
        ),
        reason=_REASONS.get(write.state),
    )
