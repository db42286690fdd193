"""What a caller himself may see in Salesforce: values that we keep are shown to nobody else (S3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accord.core.identity import Identity
from accord.core.ids import RecordId
from accord.features.field_sync.model import DEAL, Row
from accord.features.field_sync.sync.model import Fresh, Write
from accord.features.field_sync.sync.reading import read_fields
from accord.salesforce.model import Gateway
from accord.salesforce.paths import described_along, follow
from accord.salesforce.sight import Kept, Sight, look


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
        return look(gateway, [Kept(one.sobject, one.record_id, one.names.values()) for one in writes])
