"""What tests of two-way values say: a plan of a deal, an edit on either side, a turn of the reading, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accord.core.identity import Identity, Role
from accord.core.ids import MemberId, PlanId, RecordId
from accord.core.money import Money
from accord.features.two_way.model import Key, Linked, LinkSettings, Settings, Standing, ValueState
from accord.features.two_way.store import load
from accord.mapping.merge import Policy
from accord.workspace.plans.changing import Actor
from accord.workspace.plans.events import PlanEventKind
from accord.workspace.plans.model import NewPlan
from accord.workspace.plans.store import load as load_plans
from accord.workspace.plans.two_way import TwoWay, load_two_way
from support.activities import user_id
from support.product import Product
from support.running_org import ADMIN

USD = "USD"


@dataclass
class Sides:
    """A plan and its deal, on both sides of one product."""

    product: Product
    plan_id: PlanId
    deal: RecordId

    def edit_plan(self, **values: Any) -> None:
        """Somebody changes the plan: `end_date`, or `value`."""
        connection, now = self.product.connection, self.product.clock()
        actor = Actor(connection.workspace_id, connection.id, Role.USER)
        with self.product.parts.plans.changes.of(actor, self.plan_id) as change:
            times = {f"{name}_changed_at": now for name in values if name in {"end_date", "value"}}
            change.set(**values, **times)
            change.tell(PlanEventKind.PLAN_UPDATED)

    def edit_deal(self, **values: Any) -> None:
        self.product.change_in_salesforce("Opportunity", self.deal, **values)

    @property
    def plan(self) -> TwoWay:
        connection = self.product.connection
        with self.product.parts.database.reading(connection.workspace_id) as session:
            return load_two_way(session, connection.id, [self.plan_id])[self.plan_id]

    @property
    def sequence(self) -> int:
        """How many events the plan has told."""
        connection = self.product.connection
        with self.product.parts.database.reading(connection.workspace_id) as session:
            return load_plans(session, connection.id, [self.plan_id])[self.plan_id].sequence

    @property
    def end_date(self) -> str | None:
        day = self.plan.end_date
        return day.isoformat() if day else None

    @property
    def close_date(self) -> str:
        return str(self.product.record("Opportunity", self.deal)["CloseDate"])

    @property
    def amount(self) -> Decimal | None:
        amount = self.product.record("Opportunity", self.deal)["Amount"]
        return None if amount is None else Decimal(str(amount))

    def state(self, linked: Linked) -> ValueState:
        with self.product.parts.database.reading(self.product.connection.workspace_id) as session:
            return load(session, [self.plan_id])[Key(self.plan_id, linked)].state

    def deliver(self) -> None:
        self.product.deliver()

    def turn(self, *, minutes: float = 1) -> None:
        """Time passes; then the org is read and what is due is delivered."""
        self.product.clock.advance(minutes=minutes)
        connection = self.product.connection
        self.product.parts.deal_links.reader.read(connection.workspace_id, connection.id)
        self.deliver()

    def settle(self) -> None:
        """What is on its way arrives, and is seen to have arrived."""
        for _ in range(3):
            self.turn(minutes=2)

    def value_writes(self, after: int = 0) -> list[Any]:
        """What Accord has written into the two fields of the deal."""
        return [
            entry
            for entry in self.product.journal(after)
            if entry.object == "Opportunity" and {"CloseDate", "Amount"} & set(entry.after or {})
        ]


def an_admin_of(product: Product) -> Identity:
    return Identity(product.connection.workspace_id, product.connection.id, Role.ADMIN)


def set_up_two_way(
    product: Product, links: Mapping[Linked, LinkSettings] | None = None, *, org_currency: str | None = USD
) -> None:
    """As an admin sets it: the org's currency, and what is given of the links."""
    setup = product.parts.deal_links.setup
    known = setup.load(an_admin_of(product)).settings
    new = Settings(links={**known.links, **(links or {})}, org_currency=org_currency, version=known.version)
    setup.save(an_admin_of(product), new)


def connected(
    product: Product, *, end_date: date | None = None, value: Money | None = None, by: MemberId | None = None
) -> Sides:
    """A new plan of the deal, before anything was read."""
    deal = RecordId(product.deal())
    new = NewPlan(deal, "Go-live", end_date=end_date, value=value)
    made = product.parts.plans.connect(
        Identity(product.connection.workspace_id, product.connection.id, Role.USER, member_id=by), new
    )
    return Sides(product, made.plan.id, deal)


def agreed(product: Product, **facts: Any) -> Sides:
    """A plan and its deal that have met: the plan has what the deal has."""
    sides = connected(product, **facts)
    sides.turn()
    return sides


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), USD)


def make_conflict(sides: Sides, *, ours: str = "80000", theirs: float = 90000) -> None:
    """The amount is changed on both sides before they are compared again; somebody is asked."""
    asking = {Linked.AMOUNT: LinkSettings(policy=Policy.ASK, ask_default=Policy.OURS)}
    set_up_two_way(sides.product, asking)
    sides.turn()
    sides.edit_plan(value=dollars(ours))
    sides.edit_deal(Amount=theirs)
    sides.settle()
    assert sides.state(Linked.AMOUNT).standing is Standing.CONFLICT


def make_frozen(sides: Sides) -> None:
    """The date goes back and forth until nothing carries it any more."""
    for month in (1, 2, 3):
        sides.edit_plan(end_date=date(2027, month, 10))
        sides.deliver()
        sides.edit_deal(CloseDate=f"2027-{month:02}-20")
        sides.turn()
    assert sides.state(Linked.CLOSE_DATE).standing is Standing.FROZEN


def use_deal_links(product: Product, plan_id: str, rep: dict[str, str], admin: dict[str, str]) -> None:
    """Every route of linked values, of contacts, of the lock and of the budget, each answered well."""
    sides = Sides(product, PlanId(plan_id), RecordId(product.deal()))
    for address in ("two-way", "deal-lock", "contacts", "call-budget"):
        known = product.client.get(f"/api/v1/settings/{address}", headers=admin)
        saved = product.client.put(
            f"/api/v1/settings/{address}", json=known.json, headers={**admin, "If-Match": known.headers["ETag"]}
        )
        assert saved.status_code == 200, saved.text
    use_contacts(product, plan_id, admin)
    make_conflict(sides)
    product.client.get("/api/v1/settings/two-way/problems", headers=admin)
    (amount,) = (one for one in values_of(sides, rep) if one["linked"] == "amount")
    decided = decide(sides, rep, "salesforce", amount["version"])
    assert decided.status_code == 200, decided.text
    make_frozen(sides)
    thawed = {"plan_id": plan_id, "linked": "close_date"}
    assert product.client.post("/api/v1/settings/two-way/thaw", json=thawed, headers=admin).status_code == 200


def use_contacts(product: Product, plan_id: str, admin: dict[str, str]) -> None:
    """Members become Contacts, and a contact without an address is left out."""
    with product.org.transaction(user_id=user_id(product, ADMIN), client="somebody") as tx:
        nameless = tx.insert("Contact", {"LastName": "Nobody", "AccountId": product.deal_account()})
        tx.insert("OpportunityContactRole", {"OpportunityId": product.deal(), "ContactId": nameless})
    address = "/api/v1/settings/contacts"
    known = product.client.get(address, headers=admin)
    wanted = {**known.json, "enabled": True, "lead_source": "Web"}
    assert (
        product.client.put(address, json=wanted, headers={**admin, "If-Match": known.headers["ETag"]}).status_code
        == 200
    )
    assert product.client.get(f"{address}/lead-sources", headers=admin).json["lead_sources"]
    asked = product.client.post(f"{address}/look-again", json={"plan_id": plan_id}, headers=admin)
    assert asked.status_code == 202, asked.text
    product.deliver()
    assert product.client.get(f"{address}/left-out", headers=admin).json["contacts"]


def values_of(sides: Sides, headers: dict[str, str]) -> list[dict[str, Any]]:
    """What somebody is shown of a plan's linked values."""
    answer = sides.product.client.get(f"/api/v1/plans/{sides.plan_id}/two-way", headers=headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json["values"])


def decide(sides: Sides, headers: dict[str, str], choose: str, version: int, linked: str = "amount") -> Any:
    address = f"/api/v1/plans/{sides.plan_id}/two-way/{linked}/decision"
    return sides.product.client.post(address, json={"choose": choose, "version": version}, headers=headers)
