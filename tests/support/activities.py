"""What a test of activities says: items, the call that logs them, a rep's own login, the row behind an answer."""

from typing import Any

from accord.core.ids import IntentId, UserId
from accord.delivery.outbox import Outbox
from accord.delivery.service import Delivery, Explanation
from accord.features.connections.model import PersonalLogin
from accord.salesforce.model import AccessToken
from accord.workspace.members.store import find_by_user
from support.product import Product
from support.running_org import ADMIN


def an_item(product: Product, **changes: Any) -> dict[str, Any]:
    usual = {"recordId": product.deal(), "kind": "comment", "subjectText": "Legal asked for a redline"}
    return {**usual, **changes}


def log(product: Product, flow: dict[str, str], *items: dict[str, Any]) -> Any:
    return product.client.post("/flow/v1/activities", json={"items": list(items)}, headers=flow)


def call_flow(product: Product, path: str, *items: Any) -> list[dict[str, Any]]:
    """What an action at /flow/v1 answers for these items."""
    answer = product.client.post(f"/flow/v1/{path}", json={"items": list(items)}, headers=product.sign_in_flow())
    assert answer.status_code == 200, answer.text
    return list(answer.json["items"])


def the_deals(product: Product) -> list[str]:
    return [str(row["Id"]) for row in product.org.records.all("Opportunity")]


def user_id(product: Product, username: str) -> str:
    user = product.org.users.by_username(username)
    assert user is not None
    return user.id


def give_personal_login(product: Product, username: str) -> None:
    """What the member's own sign-in will do: his login is stored."""
    product.sign_in(username)
    workspace_id, connection = product.connection.workspace_id, product.connection
    with product.parts.database.reading(workspace_id) as session:
        member = find_by_user(session, connection.id, UserId(user_id(product, username)))
    assert member is not None
    login = PersonalLogin(
        user_id=member.salesforce_user_id,
        instance_url=connection.instance_url,
        access_token=AccessToken(product.org.sessions.issue(member.salesforce_user_id, client="Accord")),
        refresh_token=None,
    )
    product.parts.connections.store_personal_login(connection, member.id, login)


def explanation(product: Product, answer: Any, item: int = 0) -> Explanation:
    """What the row of an item says of itself."""
    reference = IntentId(answer.json["items"][item]["referenceId"])
    delivery = Delivery(Outbox(product.parts.drain.outbox.sealer))
    with product.parts.database.reading(product.connection.workspace_id) as session:
        return delivery.explain(session, reference, now=product.clock())


def an_admin(product: Product) -> dict[str, str]:
    return product.sign_in(ADMIN)


def change_settings(product: Product, *, kinds: dict[str, Any] | None = None, **changes: Any) -> Any:
    """An admin changes the settings of activity; `kinds` are changes of every kind."""
    admin = an_admin(product)
    known = product.client.get("/api/v1/settings/activity", headers=admin)
    shown = [{name: value for name, value in one.items() if name != "prefix"} for one in known.json["kinds"]]
    new = {**known.json, "kinds": [{**one, **(kinds or {})} for one in shown], **changes}
    headers = {**admin, "If-Match": known.headers["ETag"]}
    answer = product.client.put("/api/v1/settings/activity", json=new, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def fold_nothing(product: Product) -> None:
    change_settings(product, kinds={"folding": "none"})
