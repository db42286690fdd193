"""The dry run of a rule: which deals would get a plan now, and what that costs. Nothing is made."""

from collections.abc import Callable
from dataclasses import dataclass

from accord.core.identity import Identity
from accord.features.auto_create import rules, store
from accord.features.auto_create.deals import deals_of, load_people, query_deals, within
from accord.features.auto_create.model import DEAL, Rule, Standing, Tried
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.workspace.plans.store import find_with_plan


@dataclass(frozen=True, slots=True)
class DryRuns:
    database: Database
    owner_gateway: Callable[[Identity], Gateway]  # the integration owner's, with which deals are read later, too

    def look(self, caller: Identity, rule: Rule) -> Tried:
        """What the rule, saved or not, would do with the deals that are there. It reads up to 2,000 deals of its
        stages and types.

        Raises what a gateway raises. The rule was checked.
        """
        gateway = self.owner_gateway(caller)
        query = query_deals(gateway.describe(DEAL), *within(rule)).ordered("Name").ordered("Id")
        deals = deals_of(gateway.query(query.limited(rules.MOST_LOOKED_AT + 1)))
        ids = [one.id for one in deals]
        with self.database.reading(caller.workspace_id) as session:
            had = set(find_with_plan(session, caller.connection_id, ids))
            settled = store.find_settled(session, caller.connection_id, ids)
            people = load_people(session, caller.connection_id)
        had |= {deal for deal, standing in settled.items() if standing is not Standing.WAITING}
        is_more = len(deals) > rules.MOST_LOOKED_AT
        return rules.tried(rule, deals[: rules.MOST_LOOKED_AT], had, people, is_more=is_more)
