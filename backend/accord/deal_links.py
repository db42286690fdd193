"""What binds plans and deals, joined from its features: two-way values, the lock, rules that make plans. It decides
nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, PlanId, RecordId, WorkspaceId
from accord.core.needs import Need
from accord.deal_contacts import DealContacts
from accord.delivery.outbox import Outbox
from accord.features.auto_create.api import auto_create_blueprint
from accord.features.auto_create.listening import DealsThatHadPlans
from accord.features.auto_create.looking import RuleWatch
from accord.features.auto_create.needs import needs as rule_needs
from accord.features.auto_create.setting import auto_create_setting
from accord.features.auto_create.setup import AutoCreateSetup
from accord.features.auto_create.trying import DryRuns
from accord.features.connections.service import Connections
from accord.features.contacts.api import contact_settings_blueprint
from accord.features.contacts.needs import needs as contact_needs
from accord.features.contacts.setting import contact_setting
from accord.features.deal_lock.api import deal_lock_blueprint
from accord.features.deal_lock.service import DealLock, DealWatch, LockSetup, OnFollowed
from accord.features.deal_lock.setting import lock_setting
from accord.features.messages.people import Concerned, tells_concerned
from accord.features.messages.ways.telling import Ring
from accord.features.notifications.news.listening import PlanNews
from accord.features.two_way.api import two_way_settings_blueprint, two_way_values_blueprint
from accord.features.two_way.listening import TwoWayListener
from accord.features.two_way.needs import needs
from accord.features.two_way.reading.meeting import Meeting
from accord.features.two_way.reading.service import Reader
from accord.features.two_way.rights import DealRights
from accord.features.two_way.service import TwoWayValues
from accord.features.two_way.setting import two_way_setting
from accord.features.two_way.setup import TwoWaySetup
from accord.infra.audit import Setting
from accord.infra.db import Database
from accord.infra.json_body import JsonBlueprint
from accord.salesforce.model import Gateway
from accord.workspace.plans.by_rule import PlansByRule
from accord.workspace.plans.events import OnPlanEvent
from accord.workspace.plans.service import Plans
from accord.workspace.plans.two_way import Taking


@dataclass(frozen=True, slots=True)
class DealLinks:
    """`lock` sets whether a plan's deal may be changed; `guard` is what plans ask about it."""

    setup: TwoWaySetup
    values: TwoWayValues
    reader: Reader
    lock: LockSetup
    guard: DealLock
    contacts: DealContacts
    rules: AutoCreateSetup
    rule_trials: DryRuns

    @property
    def settings(self) -> Sequence[Setting]:
        return (
            two_way_setting(self.setup),
            contact_setting(self.contacts.setup),
            auto_create_setting(self.rules),
            lock_setting(self.lock),
        )

    def needs(self, caller: Identity) -> Sequence[Need]:
        """What the integration owner must be allowed, as things are set."""
        contacts = contact_needs(self.contacts.setup.load(caller).settings)
        rules = rule_needs(self.rules.load(caller).settings)
        return *needs(self.setup.load(caller).settings), *contacts, *rules


def deal_listeners(outbox: Outbox, clock: Clock) -> Sequence[OnPlanEvent]:
    """Who has to be told what happens to plans."""
    return TwoWayListener(outbox, clock), DealsThatHadPlans(clock), PlanNews(outbox, clock, tells_concerned)


def build_deal_links(  # noqa: PLR0913 - given once, by name, by a root
    database: Database,
    clock: Clock,
    *,
    outbox: Outbox,
    connections: Connections,
    contacts: DealContacts,
    plans: Plans,
    rights: DealRights,
    wake: Callable[[], None],
    ring: Ring,
    on_followed: OnFollowed,
) -> DealLinks:
    """`wake` tells the worker of news; `ring` puts what is to ring in Salesforce; `on_followed` is told what Salesforce
    did with deals of plans.
    """

    def deal_of(caller: Identity, plan_id: PlanId) -> RecordId | None:
        return plans.get(caller, plan_id).plan.opportunity_id

    def owner_gateway(caller: Identity) -> Gateway:
        return connections.gateway_for(caller.workspace_id, caller.connection_id, None)

    def stored_gateway(workspace_id: WorkspaceId, connection_id: ConnectionId) -> Gateway:
        return connections.gateway_for(workspace_id, connection_id, None)

    reader = Reader(
        database=database,
        clock=clock,
        connections=connections.live_connections,
        gateway_for=stored_gateway,
        change_log_for=connections.change_log_for,
        meeting=Meeting(database, clock, outbox, connections.currency_of, wake, Concerned(ring), Taking(plans.changes)),
        on_deals_read=DealWatch(database, clock, on_followed),
        others=RuleWatch(database, clock, PlansByRule(plans.changes), stored_gateway),
    )
    values = TwoWayValues(
        database=database,
        clock=clock,
        outbox=outbox,
        deal_of=deal_of,
        rights=rights,
        wake=wake,
        taking=Taking(plans.changes),
    )
    return DealLinks(
        setup=TwoWaySetup(database, clock, connections.currency_of),
        values=values,
        reader=reader,
        lock=LockSetup(database, clock),
        guard=DealLock(),
        contacts=contacts,
        rules=AutoCreateSetup(database, clock, owner_gateway),
        rule_trials=DryRuns(database, owner_gateway),
    )


def deal_link_blueprints(links: DealLinks) -> Sequence[JsonBlueprint]:
    return [
        two_way_settings_blueprint(links.setup, links.values),
        two_way_values_blueprint(links.values),
        contact_settings_blueprint(links.contacts.setup),
        deal_lock_blueprint(links.lock),
        auto_create_blueprint(links.rules, links.rule_trials),
    ]
