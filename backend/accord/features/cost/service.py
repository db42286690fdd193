"""What a feature costs the org a day, before it is let loose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from accord.core.clock import Clock
from accord.core.errors import AccordError
from accord.core.identity import Identity
from accord.delivery.budget import Calls
from accord.delivery.foregone.store import load_foregone
from accord.delivery.samples import load_calls
from accord.features.cost import rules, store
from accord.features.cost.model import Cost, Feature, FeatureCost, Overview, Put, Room
from accord.features.cost.rules import Looks
from accord.infra.audit import Setting
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.salesforce.soql import ge, select


@dataclass(frozen=True, slots=True)
class Costs:
    """`gateway` is the login that may see most of the org's limits; `looking` is what looking for changes in the org
    costs, in calls a day; `looks` how many calls that read go with one that writes.
    """

    database: Database
    clock: Clock
    settings: Sequence[Setting]
    gateway: Callable[[Identity], Gateway]
    looking: Callable[[Identity], int]
    looks: Looks

    def load(self, caller: Identity, feature: Feature) -> Cost:
        """What one feature costs; for plans that rules make it asks the org, in one call."""
        puts, calls = self._measured(caller)
        if feature is Feature.AUTO_CREATE:
            return self._plans(caller, self._standing(caller), calls)
        return rules.make_cost(feature, puts, calls, self.clock(), self.looks)

    def overview(self, caller: Identity) -> Overview:
        """Every feature with what it costs, beside what the org has left. Two Salesforce calls."""
        puts, calls = self._measured(caller)
        now = self.clock()
        standing = self._standing(caller)
        features = [
            FeatureCost(
                self._plans(caller, standing, calls)
                if each is Feature.AUTO_CREATE
                else rules.make_cost(each, puts, calls, now, self.looks),
                rules.is_on(each, standing),
            )
            for each in rules.FEATURES
        ]
        # what is off costs nothing now
        off = {each.cost.feature for each in features if each.is_on is False}
        puts = [put for put in puts if rules.feature_of(put) not in off]
        total = rules.make_cost(Feature.ALL, puts, calls, now, self.looks)
        rereads = ceil(rules.count_rereads(puts) / rules.days_of(puts, now)) if puts else 0
        measured = None if calls is None else calls.own
        return Overview(features, total, self.looking(caller) + rereads, measured, self._room(caller, calls))

    def _standing(self, caller: Identity) -> dict[str, Any]:
        return {each.kind: each.standing(caller).values for each in self.settings}

    def _plans(self, caller: Identity, standing: Mapping[str, Any], calls: Calls | None) -> Cost:
        """By the deals that were created in the org during the last days. One Salesforce call."""
        since = self.clock() - rules.MEASURED
        query = select("Id").from_("Opportunity").where(ge("CreatedDate", since)).limited(rules.MOST_DEALS + 1)
        is_on = bool(rules.is_on(Feature.AUTO_CREATE, standing))
        syncs = bool(rules.is_on(Feature.FIELDS, standing))
        try:
            deals = len(self.gateway(caller).query(query))
        except AccordError as error:
            return rules.plans_unknown(error.message, calls)
        return rules.plans_cost(deals, calls, is_on=is_on, syncs_fields=syncs)

    def _measured(self, caller: Identity) -> tuple[Sequence[Put], Calls | None]:
        with self.database.reading(caller.workspace_id) as session:
            since = self.clock() - rules.MEASURED
            puts = store.load_puts(session, caller.connection_id, since)
            foregone = rules.estimate_puts(load_foregone(session, caller.connection_id, since))
            both = sorted((*puts, *foregone), key=lambda put: put.at)
            return both, load_calls(session, caller.connection_id)

    def _room(self, caller: Identity, calls: Calls | None) -> Room:
        try:
            return rules.make_room(self.gateway(caller).limits(), calls)
        except AccordError as error:  # the costs are told all the same
            return replace(rules.make_room({}, calls), not_known=error.message)
