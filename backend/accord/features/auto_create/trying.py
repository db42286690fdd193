"""The dry run of a rule: which deals would get a plan now, and what that costs. Nothing is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from accord.core.identity import Identity
from accord.core.ids import RecordId
from accord.features.auto_create import rules, store
from accord.features.auto_create.deals import deals_of, load_people, query_deals, within
from accord.features.auto_create.model import DEAL, Rule, Standing, Tried
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.salesforce.soql import gt
from accord.workspace.plans.store import find_with_plan


@dataclass(frozen=True, slots=True)
class DryRuns:
    database: Database
    owner_gateway: Callable[[Identity], Gateway]  # the integration owner's, with which deals are read later, too

    def look(self, caller: Identity, rule: Rule, *, above: Sequence[str] = (), after: RecordId | None = None) -> Tried:
        """What the rule, saved or not, would do with the deals that are there: up to 2,000 of its stages and types,
        behind the one that was looked at last. `above`: the rules that stand above it; those that are on decide first.

        Raises what a gateway raises. The rule was checked.
        """
        gateway = self.owner_gateway(caller)
        behind = () if after is None else (gt("Id", after),)
        query = query_deals(gateway.describe(DEAL), *within(rule), *behind).ordered("Id")
        deals = deals_of(gateway.query(query.limited(rules.MOST_LOOKED_AT + 1)))
        ids = [one.id for one in deals]
        with self.database.reading(caller.workspace_id) as session:
            had = set(find_with_plan(session, caller.connection_id, ids))
            settled = store.find_settled(session, caller.connection_id, ids)
            people = load_people(session, caller.connection_id)
            saved = {one.id: one for one in store.SETTINGS.load(session, caller.connection_id).rules}
            busy = {one.rule_id for one in store.load_pages(session, caller.connection_id)}
        had |= {deal for deal, standing in settled.items() if standing is not Standing.WAITING}
        first = deals[: rules.MOST_LOOKED_AT]
        earlier = [saved[rule_id] for rule_id in above if rule_id in saved]
        taken = {one.id for one in first if rules.decide_rule(earlier, one, ahead=timedelta(), exempt=busy)}
        return rules.tried(rule, first, had, people, taken=taken, is_more=len(deals) > len(first))
