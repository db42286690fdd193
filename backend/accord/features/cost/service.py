"""What a feature costs the org a day, before it is let loose."""

from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.delivery.samples import load_calls
from accord.features.cost import rules, store
from accord.features.cost.model import Cost, Feature
from accord.infra.db import Database


@dataclass(frozen=True, slots=True)
class Costs:
    database: Database
    clock: Clock

    def load(self, caller: Identity, feature: Feature) -> Cost:
        now = self.clock()
        with self.database.reading(caller.workspace_id) as session:
            puts = store.load_puts(session, caller.connection_id, now - rules.MEASURED)
            return rules.make_cost(feature, puts, load_calls(session, caller.connection_id), now)
