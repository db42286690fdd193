"""A walk through everything that keeps admins safe, for tests that look at every route."""

from collections.abc import Callable

from support.product import Product

Headers = dict[str, str]


def use_safeguards(product: Product, canary: Callable[[str], str], admin: Headers) -> None:
    """Each route once as it is meant, and some that are refused."""
    _brakes(product, canary, admin)


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
