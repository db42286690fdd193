"""What a feature costs the org a day, before it is let loose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from accord.core.clock import Clock
from accord.core.errors import AccordError
from accord.core.identity import Identity
from accord.delivery.budget import Calls
from accord.delivery.samples import load_calls
from accord.features.cost import rules, store
from accord.features.cost.model import Cost, Feature, FeatureCost, Overview, Put, Room
from accord.infra.audit import Setting
from accord.infra.db import Database
from accord.salesforce.model import Gateway


@dataclass(frozen=True, slots=True)
class Costs:
    """`gateway` is the login that may see most of the org's limits; `looking` is what looking for changes in the org
    costs, in calls a day.
    """

    database: Database
    clock: Clock
    settings: Sequence[Setting]
    gateway: Callable[[Identity], Gateway]
    looking: Callable[[Identity], int]

    def load(self, caller: Identity, feature: Feature) -> Cost:
        puts, calls = self._measured(caller)
        return rules.make_cost(feature, puts, calls, self.clock())

    def overview(self, caller: Identity) -> Overview:
        """Every feature with what it costs, beside what the org has left. One Salesforce call."""
        puts, calls = self._measured(caller)
        now = self.clock()
        standing = {each.kind: each.standing(caller).values for each in self.settings}
        features = [
            FeatureCost(rules.make_cost(each, puts, calls, now), rules.is_on(each, standing)) for each in rules.FEATURES
        ]
        total = rules.make_cost(Feature.ALL, puts, calls, now)
        return Overview(features, total, self.looking(caller), self._room(caller, calls))

    def _measured(self, caller: Identity) -> tuple[Sequence[Put], Calls | None]:
        with self.database.reading(caller.workspace_id) as session:
            puts = store.load_puts(session, caller.connection_id, self.clock() - rules.MEASURED)
            return puts, load_calls(session, caller.connection_id)

    def _room(self, caller: Identity, calls: Calls | None) -> Room:
        try:
            return rules.make_room(self.gateway(caller).limits(), calls)
        except AccordError as error:  # the costs are told all the same
            return replace(rules.make_room({}, calls), not_known=error.message)
