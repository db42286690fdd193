"""What saves in the panel tell the list of writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from accord.core.identity import Identity
from accord.core.written import Fate, WantedWrites, WriteLine, Writer, WrittenValue
from accord.features.panels.model import ACCOUNT, DEAL
from accord.features.panels.why import rules, store
from accord.features.panels.why.model import Outcome, Try
from accord.infra.db import Database

# Salesforce: the first three characters of an id say which object it is of
_OBJECTS: Final[Mapping[str, str]] = {"006": DEAL, "001": ACCOUNT}


@dataclass(frozen=True, slots=True)
class PanelLines:
    database: Database

    def lines(self, caller: Identity, wanted: WantedWrites) -> Sequence[WriteLine]:
        """Each field of each save of the last three months; the values are what the rep saw and what he wanted."""
        with self.database.reading(caller.workspace_id) as session:
            found = store.load_newest(session, caller.connection_id, wanted)
        return [_line(row_id, one) for row_id, one in found]


def _line(row_id: str, one: Try) -> WriteLine:
    skipped = rules.skipped([one], is_hidden=True)
    return WriteLine(
        id=row_id,
        at=one.at,
        writer=Writer.PANEL,
        kind="saved",
        fate=Fate.WRITTEN if one.outcome is Outcome.SAVED else Fate.NOT_WRITTEN,
        sobject=_OBJECTS.get(one.record_id[:3], ""),
        record_id=one.record_id,
        member_id=one.member_id,
        own_login=True,
        values=(WrittenValue(one.field, one.old, one.new),),
        reason=None if skipped is None else skipped.sentence,
    )
