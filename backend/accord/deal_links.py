"""What binds a plan to its deal, joined from its features: two-way values and the lock. It decides nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import PlanId, RecordId
from accord.core.needs import Need
from accord.deal_contacts import DealContacts
from accord.delivery.outbox import Outbox
from accord.features.connections.service import Connections
from accord.features.contacts.api import contact_settings_blueprint
from accord.features.contacts.needs import needs as contact_needs
from accord.features.contacts.setting import contact_setting
from accord.features.deal_lock.api import deal_lock_blueprint
from accord.features.deal_lock.service import DealLock, DealWatch, LockSetup
from accord.features.deal_lock.setting import lock_setting
from accord.features.messages.people import Concerned
from accord.features.messages.ways.telling import Ring
from accord.features.two_way.api import two_way_settings_blueprint, two_way_values_blueprint
from accord.features.two_way.needs import needs
from accord.features.two_way.reading.meeting import Meeting
from accord.features.two_way.reading.service import Reader
from accord.features.two_way.service import TwoWayValues
from accord.features.two_way.setting import two_way_setting
from accord.features.two_way.setup import TwoWaySetup
from accord.infra.audit import Setting
from accord.infra.db import Database
from accord.infra.json_body import JsonBlueprint


@dataclass(frozen=True, slots=True)
class DealLinks:
    """`lock` sets whether a plan's deal may be changed; `guard` is what plans ask about it."""

    setup: TwoWaySetup
    values: TwoWayValues
    reader: Reader
    lock: LockSetup
    guard: DealLock
    contacts: DealContacts

    @property
    def settings(self) -> Sequence[Setting]:
        return two_way_setting(self.setup), contact_setting(self.contacts.setup), lock_setting(self.lock)

    def needs(self, caller: Identity) -> Sequence[Need]:
        """What the integration owner must be allowed, as things are set."""
        contacts = contact_needs(self.contacts.setup.load(caller).settings)
        return *needs(self.setup.load(caller).settings), *contacts


def build_deal_links(  # noqa: PLR0913 - given once, by name, by a root
    database: Database,
    clock: Clock,
    *,
    outbox: Outbox,
    connections: Connections,
    contacts: DealContacts,
    deal_of: Callable[[Identity, PlanId], RecordId | None],
    wake: Callable[[], None],
    ring: Ring,
) -> DealLinks:
    """`deal_of` gives the deal of a plan that the caller may see, and raises NotFoundError; `ring` puts what is to
    ring in Salesforce.
    """
    reader = Reader(
        database=database,
        clock=clock,
        connections=connections.live_connections,
        gateway_for=lambda workspace_id, connection_id: connections.gateway_for(workspace_id, connection_id, None),
        change_log_for=connections.change_log_for,
        meeting=Meeting(database, clock, outbox, connections.currency_of, wake, Concerned(ring)),
        on_deals_read=DealWatch(database, clock),
    )
    values = TwoWayValues(
        database=database,
        clock=clock,
        outbox=outbox,
        deal_of=deal_of,
        gateway_for=connections.gateway_for_caller,
        wake=wake,
    )
    setup, lock = TwoWaySetup(database, clock, connections.currency_of), LockSetup(database, clock)
    return DealLinks(setup, values, reader, lock, DealLock(), contacts)


def deal_link_blueprints(links: DealLinks) -> Sequence[JsonBlueprint]:
    return [
        two_way_settings_blueprint(links.setup, links.values),
        two_way_values_blueprint(links.values),
        contact_settings_blueprint(links.contacts.setup),
        deal_lock_blueprint(links.lock),
    ]
