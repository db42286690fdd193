"""What tests of automatic plans say: a rule, a saved set of rules, a turn of the reading, the plans that there are."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from accord.core.identity import Identity, Role
from accord.core.ids import MemberId, PlanId, RecordId, UserId
from accord.features.auto_create.model import Choices, Deal, People, Person, Rule, Stage
from accord.salesforce.model import PicklistValue
from accord.workspace.plans import store as plans
from accord.workspace.plans.model import NewPlan, NewStage, NewStep, Plan
from support.activities import an_admin, user_id
from support.builders import NOON
from support.product import RILEY, Product
from support.running_org import ADMIN, NOOR

ADDRESS = "/api/v1/settings/auto-create"
OPEN = ["Prospecting", "Qualification", "Needs Analysis"]
LATE = ["Proposal/Price Quote", "Negotiation/Review", "Closed Won"]

OWNER, MEMBER = UserId("005000000000001AAA"), MemberId("m1")
CHOICES = Choices(
    stages=tuple(Stage(one, one) for one in (*OPEN, *LATE)),
    types=(PicklistValue("New", "New"), PicklistValue("Upgrade", "Upgrade")),
    currencies=(),
    sees_amount=True,
)
PEOPLE: People = {OWNER: Person(MEMBER, is_active=True)}


def a_rule(**facts: Any) -> Rule:
    """One that is on since noon and about deals of two stages."""
    usual = {"name": "Late deals", "enabled": True, "stages": ("Qualification", "Closed Won"), "since": NOON}
    return Rule(**{"id": "r1", "stage_title": "Begin", **usual, **facts})


def a_deal(**facts: Any) -> Deal:
    """One that is met by that rule."""
    usual: dict[str, Any] = {"name": "Brightwater", "stage": "Qualification", "type": "New", "amount": Decimal(100)}
    usual |= {"currency": None, "owner_id": OWNER, "changed_at": NOON + timedelta(minutes=1)}
    return Deal(**{"id": RecordId("006000000000001AAA"), **usual, **facts})


def given(**facts: Any) -> dict[str, Any]:
    """A rule as an admin sends it: on, about late deals, owned by whoever owns them."""
    return {
        "name": "Late deals",
        "enabled": True,
        "stages": LATE,
        "types": [],
        "amount_from": None,
        "amount_to": None,
        "currency": None,
        "point_person": None,
        "template_id": None,
        "title": "{deal}",
        "stage_title": "Kick-off",
        **facts,
    }


def try_to_save(product: Product, *rules: dict[str, Any]) -> Any:
    admin = an_admin(product)
    known = product.client.get(ADDRESS, headers=admin)
    return product.client.put(
        ADDRESS, json={"rules": list(rules)}, headers={**admin, "If-Match": known.headers["ETag"]}
    )


def save(product: Product, *rules: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules as they are shown then."""
    answer = try_to_save(product, *rules)
    assert answer.status_code == 200, answer.text
    return list(answer.json["rules"])


def shown(product: Product) -> list[dict[str, Any]]:
    return list(product.client.get(ADDRESS, headers=an_admin(product)).json["rules"])


def waiting(product: Product) -> list[tuple[str, str]]:
    """The deals that wait, and why."""
    found = product.client.get(f"{ADDRESS}/waiting", headers=an_admin(product))
    return [(one["opportunity_id"], one["reason"]) for one in found.json["deals"]]


def read_now(product: Product) -> None:
    """One turn of the reading."""
    product.parts.deal_links.reader.read(product.connection.workspace_id, product.connection.id)


def turn(product: Product, *, minutes: float = 1) -> None:
    """Time passes; then the org is read."""
    product.clock.advance(minutes=minutes)
    read_now(product)


def listening(product: Product, *rules: dict[str, Any]) -> None:
    """Riley is a member, the rules are saved, and the org's first minute was read."""
    product.sign_in(RILEY)
    save(product, *rules or [given()])
    read_now(product)


def edit(product: Product, deal: str, **values: Any) -> None:
    product.change_in_salesforce("Opportunity", deal, **(values or {"NextStep": "Call them"}))


def new_deal(product: Product, **facts: Any) -> str:
    """Riley opens a deal."""
    values = {"Name": "New one", "StageName": LATE[0], "CloseDate": "2027-03-31", "OwnerId": user_id(product, RILEY)}
    with product.org.transaction(user_id=user_id(product, ADMIN), client="somebody") as tx:
        return str(tx.insert("Opportunity", {**values, **facts}))


def the_plans(product: Product) -> dict[str, Plan]:
    """Every plan with a deal, by that."""
    connection = product.connection
    with product.parts.database.reading(connection.workspace_id) as session:
        ids = plans.load_connected(session, connection.id, after=None, limit=100)
        found = plans.load(session, connection.id, ids)
    return {str(one.opportunity_id): one for one in found.values()}


def a_template(product: Product) -> PlanId:
    """A plan without a deal, of two stages and two steps, one of which is done."""
    connection = product.connection
    stages = [NewStage("Evaluate", [NewStep("Agree on criteria", is_done=True), NewStep("Test")]), NewStage("Sign")]
    caller = Identity(connection.workspace_id, connection.id, Role.ADMIN)
    return product.parts.plans.connect(caller, NewPlan(None, "Our way", stages)).plan.id


def use_auto_create(product: Product, canary: Callable[[str], str]) -> None:
    """Every route of automatic plans: a rule is refused, tried, saved and read; a deal waits, another has its plan."""
    admin = an_admin(product)
    rule = given(name=canary("rule"), title=f"{canary('title of a rule')} {{deal}}", stage_title=canary("first stage"))
    assert try_to_save(product, {**rule, "stages": ["Gone"]}).status_code == 422
    assert product.client.get(f"{ADDRESS}/choices", headers=admin).status_code == 200
    assert product.client.post(f"{ADDRESS}/dry-run", json={"rule": rule}, headers=admin).status_code == 200
    save(product, rule)
    read_now(product)
    made = new_deal(product, Name=canary("name of a deal"))
    waits = new_deal(product, Name=canary("deal that waits"), OwnerId=user_id(product, NOOR))
    turn(product)
    assert made in the_plans(product)
    assert waits in dict(waiting(product))
