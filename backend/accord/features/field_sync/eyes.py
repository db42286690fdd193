"""What a caller himself may see in Salesforce: values that we keep are shown to nobody else (S3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from accord.core.errors import RejectedError
from accord.core.identity import Identity
from accord.core.ids import RecordId, widen
from accord.features.field_sync.model import DEAL, Row
from accord.features.field_sync.sync.model import Fresh, Write
from accord.features.field_sync.sync.reading import read_fields
from accord.salesforce.model import Gateway
from accord.salesforce.paths import described_along, follow
from accord.salesforce.soql import in_, select

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Sight:
    """Which fields of which records somebody sees. Names of fields are compared as Salesforce writes them."""

    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    records: frozenset[RecordId] = frozenset()

    def sees(self, sobject: str, name: str, record_id: RecordId) -> bool:
        return record_id in self.records and name in self.fields.get(sobject, frozenset())


@dataclass(frozen=True, slots=True)
class Eyes:
    """`gateway_for`: the caller's own login, or None; then he sees nothing."""

    gateway_for: Callable[[Identity], Gateway | None]

    def of_deals(self, caller: Identity, rows: Sequence[Row], deal_ids: Sequence[RecordId]) -> Mapping[RecordId, Fresh]:
        """The rows' fields of these deals as the caller himself reads them; what he may not see is left out."""
        gateway = self.gateway_for(caller)
        if gateway is None or not deal_ids:
            return {}
        describes = described_along(gateway, [(DEAL, row.steps) for row in rows])
        visible = []
        for row in rows:
            holder = follow(DEAL, row.steps, describes.get)
            if row.facts is not None and holder is not None and row.field in holder.fields:
                visible.append(row)
        return read_fields(gateway, visible, deal_ids).deals

    def of_writes(self, caller: Identity, writes: Sequence[Write]) -> Sight:
        """Which of the written fields the caller may see."""
        gateway = self.gateway_for(caller)
        if gateway is None:
            return Sight()
        fields: dict[str, frozenset[str]] = {}
        records: set[RecordId] = set()
        for sobject in sorted({write.sobject for write in writes}):
            try:
                fields[sobject] = frozenset(gateway.describe(sobject).fields)
            except RejectedError:
                continue
            ids = sorted({write.record_id for write in writes if write.sobject == sobject})
            for start in range(0, len(ids), CHUNK):
                query = select("Id").from_(sobject).where(in_("Id", ids[start : start + CHUNK]))
                records.update(RecordId(widen(one["Id"])) for one in gateway.query(query))
        return Sight(fields, frozenset(records))
