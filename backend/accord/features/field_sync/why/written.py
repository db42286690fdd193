"""What synced fields tell whoever asks who wrote a field of a record."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import RecordId
from accord.core.written import NotWritten, Writer, Written
from accord.features.field_sync.reasons import SENTENCES, FieldSkip
from accord.features.field_sync.setup import load_settings
from accord.features.field_sync.sources import Sources
from accord.features.field_sync.sync.model import Copy, known_of
from accord.features.field_sync.sync.store import load_copies
from accord.features.field_sync.why.service import decide_reason
from accord.features.field_sync.why.store import load_writes_of
from accord.infra.db import Database
from accord.mapping.values import as_text
from accord.workspace.plans.store import load_for_deals


@dataclass(frozen=True, slots=True)
class FieldsWritten:
    database: Database
    clock: Clock
    sources: Sources

    def wrote(self, caller: Identity, record_id: RecordId, field: str) -> Sequence[Written]:
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

    def left(self, caller: Identity, record_id: RecordId, field: str) -> NotWritten | None:
        """Why a field of a deal does not follow its plan. That it has the value already is no reason."""
        of = caller.connection_id
        with self.database.reading(caller.workspace_id) as session:
            settings = load_settings(session, of, self.sources)
            row = next((one for one in settings.setup.rows if one.target == field), None)
            plan = load_for_deals(session, of, [record_id]).get(record_id)
            if row is None or plan is None:
                return None
            values = self.sources.values(session, of, [plan.id], today=self.clock().date()).get(plan.id)
            copy = known_of(load_copies(session, of, [plan.id]).get(plan.id, Copy(plan.id)), [row])
        reason = decide_reason(row, settings, values, copy)
        if reason is None or reason is FieldSkip.UNCHANGED:
            return None
        return NotWritten(str(reason), SENTENCES[reason])
