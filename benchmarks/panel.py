"""What a rep waits for when he opens the panel: Salesforce calls, and milliseconds over a call's 50.

The stub answers what the local org answered before, so that only Accord's own time and the calls count. `first` is a
user's first panel in a process (his describes and picklists are fetched), `warm` any later one, `naive` what one writes
first: describe, record, rights and picklist, one call after the other. Our side is measured from the request to the
answer, without a socket in between.

usage: python benchmarks/panel.py [--warm 100]
"""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from measure import Engine, Stub, a_stub, report
from requests.adapters import HTTPAdapter

from accord.app import create_app
from accord.parts import build_parts
from accord.salesforce.transport import HttpOptions
from support.database import migrate, open_database
from support.local_org import HTTPS_BASE, WsgiAdapter
from support.product import Product, a_product
from support.running_org import RILEY

LATENCY_MS = 50
FIRST_PANELS = 10
FIELDS = "Name,AccountId,CloseDate,Amount,StageName,NextStep"


@dataclass
class Recorder(WsgiAdapter):
    """The way to the local org in this process, written down."""

    app: Flask
    answers: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(self.app)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        answer = super().send(request, **options)
        parts = urlsplit(str(request.url))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
        self.answers[f"{request.method} {path}\n{body}"] = {"status": answer.status_code, "body": answer.json()}
        return answer


class ToStub(HTTPAdapter):
    """Carries calls of the org's address to the stub."""

    def __init__(self, stub: Stub) -> None:
        super().__init__()
        self._stub = stub

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        request.url = str(request.url).replace(HTTPS_BASE, self._stub.base)
        return super().send(request, *args, **{**options, "verify": str(self._stub.ca_file)})


@dataclass
class Rep:
    """A rep before a process that has just started, which reaches the org by `adapter`."""

    product: Product
    adapter: requests.adapters.BaseAdapter

    def __post_init__(self) -> None:
        product = self.product
        http = HttpOptions(timeout=30, allowed_loopback=product.parts.settings.allowed_loopback, adapter=self.adapter)
        parts = build_parts(product.parts.settings, product.parts.database, clock=product.clock, http=http)
        token = parts.connections.sign_in.canvas(product.signed_request()).short_token.token.reveal()
        self._headers = {"Authorization": f"Bearer {token}"}
        self._client = create_app(parts).test_client(use_cookies=False)

    def open_panel(self) -> None:
        answer = self._client.get(f"/api/v1/panels/{self.product.deal()}", headers=self._headers)
        assert answer.status_code == 200, answer.text


def naive(product: Product, adapter: requests.adapters.BaseAdapter) -> Callable[[], None]:
    """Four calls, one after the other, over a connection that stays open."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", adapter)
    user = product.org.users.by_username(RILEY)
    assert user is not None
    session.headers["Authorization"] = f"Bearer {product.org.sessions.issue(user.id, client='naive')}"
    rights = f"SELECT RecordId, HasEditAccess FROM UserRecordAccess WHERE UserId = '{user.id}'"
    record_type = product.record("Opportunity", product.deal()).get("RecordTypeId") or "012000000000000AAA"
    paths = (
        "sobjects/Opportunity/describe",
        f"sobjects/Opportunity/{product.deal()}?fields={FIELDS}",
        f"query?q={rights} AND RecordId = '{product.deal()}'",
        f"ui-api/object-info/Opportunity/picklist-values/{record_type}/StageName",
    )

    def ask() -> None:
        for path in paths:
            answer = session.get(f"{HTTPS_BASE}/services/data/v67.0/{path}", timeout=10)
            assert answer.status_code == 200, answer.text
            answer.json()

    return ask


def measure(product: Product, stub: Stub, *, warm: int) -> Mapping[str, object]:
    recorder = Recorder(product.org_app)
    Rep(product, recorder).open_panel()
    naive(product, recorder)()
    stub.set(answers=recorder.answers)
    reps = [Rep(product, ToStub(stub)) for _ in range(FIRST_PANELS)]
    stub.set(lat=LATENCY_MS)
    by_hand = naive(product, ToStub(stub))
    by_hand()  # opens the connection
    figures: dict[str, object] = {"latency_ms": LATENCY_MS}
    rep = reps[-1]
    for name, opens in (
        ("first", [each.open_panel for each in reps]),
        ("warm", [rep.open_panel] * warm),
        ("naive", [by_hand] * FIRST_PANELS),
    ):
        stub.set(lat=LATENCY_MS)
        took = sorted(_milliseconds(one) for one in opens)
        middle = statistics.median(took)
        figures |= {
            f"{name}_calls": stub.counts()["calls"] / len(opens),
            f"{name}_ms_p50": round(middle, 1),
            f"{name}_ms_p95": round(took[int(len(took) * 0.95)], 1),
            f"{name}_latencies": round(middle / LATENCY_MS, 2),
        }
    stub.set(lat=0)
    own = statistics.median(_milliseconds(rep.open_panel) for _ in range(warm))
    return {**figures, "warm_ms_without_latency": round(own, 1)}


def _milliseconds(action: Callable[[], None]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warm", type=int, default=100)
    warm: int = parser.parse_args().warm
    with TemporaryDirectory() as folder, a_stub() as stub:
        url = f"sqlite:///{Path(folder) / 'benchmark.db'}"
        migrate(url)
        database = open_database(url)
        with a_product(database, environ={"ACCORD_REQUESTS_PER_MINUTE": "1000000"}) as product:
            report("panel", "open", partial(measure, product, stub, warm=warm), engine=Engine(database, url, None))
        database.close()


if __name__ == "__main__":
    main()
