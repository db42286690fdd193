"""Delivery's courier for contacts: readings of a deal's contacts, Contacts, and their roles on deals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accord.core.outcomes import Done, Outcome
from accord.delivery.couriers import Courier
from accord.delivery.model import Claim
from accord.features.contacts import store
from accord.features.contacts.filling import Filling
from accord.features.contacts.model import ALL_PLANS, CONTACT, KEY, OF_DEAL, ROLE
from accord.features.contacts.pulling import Pulling
from accord.features.contacts.sending import Sending
from accord.infra.db import Database
from accord.salesforce.model import Gateway

# calls that read, at most: accounts, addresses before and after, and what was made and not told; for roles fewer
LOOKS: Final = 4
OFF: Final = "Not done: contacts are not synced any more."
_OURS: Final = {(ROLE, OF_DEAL), (ROLE, ALL_PLANS), (ROLE, KEY), (CONTACT, KEY)}


@dataclass(frozen=True, slots=True)
class ContactCourier:
    """`others` carries everything else."""

    database: Database
    pulling: Pulling
    filling: Filling
    sending: Sending
    others: Courier

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        about = (claim.sobject, claim.external_id_field)
        if about not in _OURS:
            return self.others(gateway, claim)
        with self.database.reading(claim.workspace_id) as session:
            settings = store.load_settings(session, claim.connection_id)
        if not settings.enabled:
            return [Done(None, created=False, note=OFF, sent=False) for _ in claim.rows]
        if about == (ROLE, OF_DEAL):
            return self.pulling.carry(gateway, claim)
        if about == (ROLE, ALL_PLANS):
            return self.filling.carry(gateway, claim)
        if about == (ROLE, KEY):
            return self.sending.carry_roles(gateway, claim)
        return self.sending.carry_contacts(gateway, claim)
