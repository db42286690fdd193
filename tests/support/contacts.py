"""What tests of contacts say: a plan beside its deal, who has a role there, who takes part here, what follows."""

from dataclasses import dataclass
from typing import Any

from accord.core.identity import Identity, Role
from accord.core.ids import MemberId, PlanId, RecordId, UserId
from accord.features.contacts.model import ContactSettings
from accord.workspace.members.store import find_by_user
from accord.workspace.plans.access import Asked
from accord.workspace.plans.elements.store import load_members
from accord.workspace.plans.model import NewPlan, PlanMember
from support.activities import user_id
from support.product import Product
from support.running_org import ADMIN, RILEY

DANA = "dana.voss@brightwater.example"
CONTACTS = "/api/v1/settings/contacts"


@dataclass
class Room:
    """A plan and its deal, on both sides of one product."""

    product: Product
    plan_id: PlanId
    deal: RecordId

    @property
    def members(self) -> dict[str, PlanMember]:
        """Customers and partners, by address."""
        with self.product.parts.database.reading(self.product.connection.workspace_id) as session:
            return {one.email: one for one in load_members(session, self.plan_id) if one.is_customer}

    @property
    def linked(self) -> list[str]:
        """The Contacts that have a role on the deal, the oldest role first."""
        roles = self.product.org.records.all("OpportunityContactRole")
        return [str(row["ContactId"]) for row in roles if row["OpportunityId"] == self.deal]

    def invite(self, email: str = DANA, name: str = "Dana Voss", **given: Any) -> None:
        usual = {"role": "customer", "name": name, "email": email, "member_id": None, "contact_id": None}
        caller = Identity(self.product.connection.workspace_id, self.product.connection.id, Role.SERVICE)
        self.product.parts.plan_rooms.people.invite(Asked(caller, self.plan_id), {**usual, "is_invited": True, **given})

    def deliver(self) -> None:
        self.product.deliver()

    def contact(self, email: str = DANA) -> dict[str, Any]:
        (found,) = contacts_with(self.product, email)
        return found


def switch(product: Product, *, on: bool = True, lead_source: str | None = None) -> None:
    """As an admin sets it."""
    admin = Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)
    setup = product.parts.deal_links.contacts.setup
    setup.save(admin, ContactSettings(on, lead_source, setup.load(admin).settings.version))


def connected(product: Product, *, deal: str | None = None, by: str | None = None) -> Room:
    """A new plan of the deal; what follows is not delivered yet."""
    connection, of = product.connection, RecordId(deal or product.deal())
    caller = Identity(connection.workspace_id, connection.id, Role.USER, member_id=member_of(product, by))
    return Room(product, product.parts.plans.connect(caller, NewPlan(of, "Go-live")).plan.id, of)


def member_of(product: Product, username: str | None) -> MemberId | None:
    """Somebody who has signed in."""
    if username is None:
        return None
    product.sign_in(username)
    with product.parts.database.reading(product.connection.workspace_id) as session:
        found = find_by_user(session, product.connection.id, UserId(user_id(product, username)))
    assert found is not None
    return found.id


def contacts_with(product: Product, email: str) -> list[dict[str, Any]]:
    rows = product.org.records.all("Contact")
    return [dict(row) for row in rows if (row.get("Email") or "").casefold() == email.casefold()]


def make(product: Product, sobject: str, **values: Any) -> str:
    """Somebody makes a record in the org."""
    with product.org.transaction(user_id=user_id(product, ADMIN), client="somebody") as tx:
        return str(tx.insert(sobject, values))


def a_fresh_deal(product: Product, **values: Any) -> RecordId:
    """A deal without contacts."""
    usual = {"Name": "Fresh", "StageName": "Qualification", "CloseDate": "2027-01-31"}
    return RecordId(make(product, "Opportunity", **{"AccountId": product.deal_account(), **usual, **values}))


def a_contact(product: Product, email: str | None = DANA, *, account: str | None = None, **values: Any) -> str:
    usual = {"LastName": "Voss", "FirstName": "Dana", "AccountId": account or product.deal_account()}
    return make(product, "Contact", Email=email, **{**usual, **values})


def give_role(product: Product, contact: str, *, deal: str | None = None) -> str:
    return make(product, "OpportunityContactRole", OpportunityId=deal or product.deal(), ContactId=contact)


def riley(product: Product) -> str:
    return user_id(product, RILEY)
