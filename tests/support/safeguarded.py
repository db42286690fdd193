"""A walk through everything that keeps admins safe, for tests that look at every route."""

from collections.abc import Callable

from support.product import Product

Headers = dict[str, str]


def use_safeguards(product: Product, canary: Callable[[str], str], admin: Headers) -> None:
    """Each route once as it is meant, and some that are refused."""
    _brakes(product, canary, admin)
    _audit(product, admin)
    _settings_file(product, canary, admin)
    _messages(product, admin)
    _access(product, canary, admin)
    _forget(product, canary, admin)
    for address in ("", "/uses", "/values", "/values/page?sobject=Opportunity"):
        answer = product.client.get(f"/api/v1/uninstall{address}", headers=admin)
        assert answer.status_code == 200, answer.text
    for address in ("what-leaves", "cost", "cost/overview", "support-bundle", "writes", "writes.csv"):
        assert product.client.get(f"/api/v1/{address}", headers=admin).status_code == 200


def _brakes(product: Product, canary: Callable[[str], str], admin: Headers) -> None:
    safety = "/api/v1/safety"
    for way, body in (
        ("stop", {}),
        ("start", {}),
        ("observe", {}),
        ("observe/end", {"org_name": product.connection.label}),
        ("quiet", {"until": "06:00"}),
    ):
        answer = product.client.post(f"{safety}/{way}", json=body, headers=admin)
        assert answer.status_code == 200, answer.text
    product.client.post(f"{safety}/observe/end", json={"org_name": canary("org name")}, headers=admin)
    product.client.post(f"{safety}/quiet", json={"until": "06:00", "time_zone": canary("zone")}, headers=admin)
    assert product.client.get(safety, headers=admin).json["quiet"]
    assert product.client.delete(f"{safety}/quiet", headers=admin).status_code == 200


def _audit(product: Product, admin: Headers) -> None:
    audit = "/api/v1/audit"
    assert product.client.get(f"{audit}/kinds", headers=admin).status_code == 200
    assert product.client.get(f"{audit}.csv", headers=admin).status_code == 200
    lines = product.client.get(f"{audit}?kind=settings.activity", headers=admin).json["lines"]
    put_back = product.client.post(f"{audit}/{lines[0]['id']}/put-back", json={}, headers=admin)
    assert put_back.status_code == 200, put_back.text


def _settings_file(product: Product, canary: Callable[[str], str], admin: Headers) -> None:
    address = "/api/v1/settings-file"
    file = product.client.get(address, headers=admin).json
    file["settings"]["settings.panel"]["tabs"][0]["label"] = canary("tab of a file")
    found = product.client.post(f"{address}/check", json={"file": file}, headers=admin)
    assert found.json["can_apply"], found.text
    taken = product.client.post(f"{address}/apply", json={"file": file, "ticket": found.json["ticket"]}, headers=admin)
    assert taken.status_code == 200, taken.text
    file["settings"][canary("kind of a file")] = canary("settings of a file")
    assert product.client.post(f"{address}/check", json={"file": file}, headers=admin).json["lacks"]


def _messages(product: Product, admin: Headers) -> None:
    settings = "/api/v1/settings/messages"
    assert product.client.get(settings, headers=admin).status_code == 200
    wanted = {"parked_more_than": 0, "by_email": True, "by_bell": True, "tell_concerned": True, "people": None}
    assert product.client.put(settings, json=wanted, headers={**admin, "If-Match": '"0"'}).status_code == 200
    assert product.parts.safeguards.messages.look_at_all()
    groups = product.client.get(f"{settings}/groups", headers=admin).json["groups"]
    told = {**wanted, "group_id": groups[-1]["id"]}
    assert product.client.put(settings, json=told, headers={**admin, "If-Match": '"1"'}).status_code == 200
    sent = product.client.post("/api/v1/messages/test", json={}, headers=admin)
    assert sent.status_code == 201, sent.text
    message = product.client.get("/api/v1/messages", headers=admin).json["messages"][0]
    assert product.client.get(f"/api/v1/messages/{message['id']}", headers=admin).status_code == 200
    seen = product.client.post(f"/api/v1/messages/{message['id']}/seen", json={}, headers=admin)
    assert seen.status_code == 204


def _access(product: Product, canary: Callable[[str], str], admin: Headers) -> None:
    access = "/api/v1/access"
    user = product.org.users.add(username="canary@halden.example", last_name=canary("last name of a newcomer"))
    assert len(product.client.get(access, headers=admin).json["people"]) > 2
    wanted = {"user_ids": [user.id, canary("user")[:18]], "permission_set": "Accord_Rep"}
    shown = product.client.post(f"{access}/preview", json=wanted, headers=admin).json
    given = product.client.post(f"{access}/assign", json={**wanted, "ticket": shown["ticket"]}, headers=admin)
    assert [one["ok"] for one in given.json["results"]] == [True]


def _forget(product: Product, canary: Callable[[str], str], admin: Headers) -> None:
    forgotten = product.client.post(
        "/api/v1/forget", json={"salesforce_id": "003000000000001", "confirm": "003000000000001"}, headers=admin
    )
    assert forgotten.json["left"] == 0
    for way in ("forget/preview", "forget"):
        address = {"email": f"{canary('mail')}@x.example"}
        typed = address if way == "forget/preview" else {**address, "confirm": address["email"]}
        assert product.client.post(f"/api/v1/{way}", json=typed, headers=admin).json["places"] == []
        product.client.post(f"/api/v1/{way}", json={"salesforce_id": canary("forgotten")[:18]}, headers=admin)
