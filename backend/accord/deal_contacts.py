"""Contacts of deals and members of plans, joined from their parts. Nothing here decides anything."""

from collections.abc import Callable
from dataclasses import dataclass

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, MemberId, WorkspaceId
from accord.delivery.couriers import Courier
from accord.delivery.outbox import Outbox
from accord.features.contacts.courier import ContactCourier
from accord.features.contacts.filling import Filling
from accord.features.contacts.listening import ContactListener
from accord.features.contacts.pulling import ChangeOf, Pulling
from accord.features.contacts.sending import Sending
from accord.features.contacts.setup import ContactSetup
from accord.features.contacts.wishing import OnContacts, Wishing
from accord.infra.db import Database
from accord.salesforce.model import Gateway


@dataclass(frozen=True, slots=True)
class DealContacts:
    """`setup`: what admins set and see. `on_event` is told by plans."""

    setup: ContactSetup
    on_event: ContactListener
    pulling: Pulling
    filling: Filling
    sending: Sending

    def courier(self, others: Courier) -> ContactCourier:
        """Delivery's courier for contacts; `others` carries everything else."""
        return ContactCourier(self.setup.database, self.pulling, self.filling, self.sending, others)


def build_deal_contacts(  # noqa: PLR0913 - given once, by name, by a root
    database: Database,
    clock: Clock,
    *,
    outbox: Outbox,
    gateway_for: Callable[[WorkspaceId, ConnectionId, MemberId | None], Gateway],
    change_of: ChangeOf,
    on_contacts: OnContacts,
    wake: Callable[[], None],
) -> DealContacts:
    """`gateway_for` gives the integration owner's login for no member, `change_of` opens a change of a plan, and
    `on_contacts` is told which customers have become known as Contacts.
    """
    wishing = Wishing(outbox)
    pulling = Pulling(database, wishing, change_of, on_contacts)
    filling = Filling(database, clock, outbox, pulling)
    return DealContacts(
        ContactSetup(database, clock, wishing, filling, gateway_for, wake),
        ContactListener(wishing, clock),
        pulling,
        filling,
        Sending(database, clock, wishing, on_contacts),
    )
