"""What synced fields tell whoever asks who wrote a field of a record."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.identity import Identity
from accord.core.ids import RecordId
from accord.core.written import Writer, Written
from accord.features.field_sync.why.store import load_writes_of
from accord.infra.db import Database
from accord.mapping.values import as_text


@dataclass(frozen=True, slots=True)
class FieldsWritten:
    database: Database

    def __call__(self, caller: Identity, record_id: RecordId, field: str) -> Sequence[Written]:
        """What was written to one field of one record, the newest first."""
        with self.database.reading(caller.workspace_id) as session:
            writes = load_writes_of(session, caller.connection_id, record_id)
        return [
            Written(
                write.at,
                Writer.FIELD_SYNC,
                write.trigger.actor_id,
                own_login=False,
                old=as_text(write.changes[key].old),
                new=as_text(write.changes[key].new),
                login_name=write.login,
                old_is_read=write.is_read,
            )
            for write in writes
            for key, name in write.names.items()
            if name == field and key in write.changes
        ]
