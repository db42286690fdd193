"""Builders of playbooks, as values and by the API."""

from collections.abc import Callable
from typing import Any

from accord.core.ids import ConnectionId, PlaybookId
from accord.workspace.plans.playbooks.model import Counts, Playbook
from support.builders import NOON
from support.product import Product
from support.running_org import ADMIN

ADDRESS = "/api/v1/playbooks"


def a_playbook(number: int, **facts: Any) -> Playbook:
    usual = {"title": f"Playbook {number}", "description": "", "position": number, "counts": Counts(1, 1, 0)}
    rest = {"saved_at": NOON, "saved_by": None}
    return Playbook(PlaybookId(f"playbook {number}"), ConnectionId("c"), **{**usual, **rest, **facts})


def save(product: Product, plan_id: str, **words: Any) -> dict[str, Any]:
    """An admin saves a plan as a playbook."""
    body = {"plan": plan_id, "title": "Enterprise", "description": "For big ones", **words}
    answer = product.client.post(ADDRESS, json=body, headers=product.sign_in(ADMIN))
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def use_playbooks(product: Product, plan_id: str, canary: Callable[[str], str]) -> None:
    """Every route of playbooks: saved, read, changed, saved again and deleted."""
    client, admin = product.client, product.sign_in(ADMIN)
    made = save(product, plan_id, title=canary("playbook"), description=canary("what a playbook is for"))
    address, version = f"{ADDRESS}/{made['id']}", {**admin, "If-Match": f'"{made["version"]}"'}
    assert client.get(ADDRESS, headers=product.sign_in()).status_code == 200
    assert client.get(address, headers=admin).json["title"] == made["title"]
    changed = client.patch(address, json={"title": canary("playbook again")}, headers=version)
    again = client.put(
        f"{address}/content", json={"plan": plan_id}, headers={**admin, "If-Match": changed.headers["ETag"]}
    )
    gone = client.delete(address, headers={**admin, "If-Match": again.headers["ETag"]})
    assert (changed.status_code, again.status_code, gone.status_code) == (200, 200, 204), again.text
