"""Canary secrets and values appear in no log, no error and not in the clear in the database (D70, G26).

They are sent through the routes of panel, Canvas, Flow and plans and through their faults. Titles of plans and names of
members, which lie unsealed, and the settings routes are not among them.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import structlog
from sqlalchemy import MetaData, Table, inspect, select

from accord.infra.db import Database
from accord.infra.telemetry import set_up_logs
from support.own_login import at_salesforce, come_back, start
from support.product import Product

# values of Salesforce fields and texts of people on their way there; each stands nowhere else
VALUES = {
    "next_step": "canary-next-step-7f3a",
    "stale": "canary-stale-91c2",
    "refused": "canary-refused-55de",
    "lost": "canary-lost-08bb",
    "too_long": "canary-too-long-" + "x" * 260,
    "theirs": "canary-theirs-3d10",
    "rule": "canary-rule-text-6a6a",
    "subject": "canary-subject-1b2c",
    "description": "canary-description-9e9e",
    "parked_subject": "canary-parked-77aa",
    "dry_run": "canary-dry-run-c3c3",
    "internal": "canary-internal-d4d4",
    "bad_item": "canary-bad-item-e5e5",
    "query": "canary-query-string-f6f6",
    "bearer": "canary-bearer-0a0a",
    "flow_key": "canary-idempotency-key-2b2b",
}


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """What the program prints and logs meanwhile, at its most talkative."""
    log = io.StringIO()
    with redirect_stderr(log), redirect_stdout(log):
        set_up_logs("debug")
        try:
            yield log
        finally:
            structlog.reset_defaults()


def dump_of(database: Database) -> str:
    """Every cell of every table, and on SQLite the bytes of the file too."""
    tables = MetaData()
    cells: list[str] = []
    with database.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            rows = connection.execute(select(Table(name, tables, autoload_with=connection)))
            cells += [cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for row in rows for cell in row]
    path = database.engine.url.database
    if database.dialect == "sqlite" and path:
        for suffix in ("", "-wal"):
            cells.append(Path(path + suffix).read_bytes().decode("latin-1"))
    return "\n".join(cells)


def drive(product: Product) -> tuple[dict[str, str], list[str]]:
    """Sends the canaries through every route and fault; gives the secrets that took part, and the texts of errors."""
    errors: list[str] = []
    signed = product.signed_request()
    page = product.client.post("/canvas", data={"signed_request": signed})
    assert page.status_code == 200
    rep, flow = product.sign_in(), product.sign_in_flow()
    deal = product.deal()

    def call(method: str, path: str, *, expect_error: bool = True, **options) -> None:
        answer = product.client.open(path, method=method, **options)
        if expect_error:
            errors.append(answer.text)

    def save(value: str, seen: str | None) -> None:
        change = {"key": "Opportunity.NextStep", "value": value, "seen": seen}
        call("PATCH", f"/api/v1/panels/{deal}", json={"changes": [change]}, headers=rep, expect_error=False)

    seen = product.record("Opportunity", deal)["NextStep"]
    save(VALUES["next_step"], seen)
    product.change_in_salesforce("Opportunity", deal, NextStep=VALUES["theirs"])
    save(VALUES["stale"], VALUES["next_step"])
    save(VALUES["too_long"], VALUES["theirs"])
    product.refuse_deals("NextStep = 'canary-refused-55de'", VALUES["rule"], field="NextStep")
    save(VALUES["refused"], VALUES["theirs"])
    for kind in ("reset_before", "reset_after", "unavailable"):
        product.arm(kind=kind, match={"path": "/services/.*"}, rate=1)
        save(VALUES["lost"], VALUES["theirs"])
        call("GET", f"/api/v1/panels/{deal}", headers=rep)
        product.faults.clear()

    items = [
        {
            "recordId": deal,
            "kind": "comment",
            "subjectText": VALUES["subject"],
            "description": VALUES["description"],
            "idempotencyKey": VALUES["flow_key"],
        },
        {"recordId": deal, "kind": "comment", "subjectText": VALUES["dry_run"], "dryRun": True, "isInternal": True},
        {"recordId": deal, "kind": "comment", "subjectText": VALUES["internal"], "isInternal": True},
        {"recordId": deal, "kind": VALUES["bad_item"], "subjectText": "x"},
        {"recordId": "006000000000001AAA", "kind": "comment", "subjectText": VALUES["parked_subject"]},
    ]
    call("POST", "/flow/v1/activities", json={"items": items}, headers=flow)
    product.arm(kind="reset_after", match={"path": "/services/data/.*Task.*"}, rate=1, count=1)
    product.deliver()
    product.clock.advance(minutes=10)
    product.deliver()

    way = at_salesforce(product, start(product, rep))
    assert come_back(product, way).status_code == 200
    errors.append(come_back(product, way).text)  # a second use
    product.org.sessions.expire_all()
    call("GET", f"/api/v1/panels/{deal}", headers=rep, expect_error=False)  # renews the login

    canary = {"Authorization": f"Bearer {VALUES['bearer']}"}
    call("GET", f"/api/v1/panels/{deal}?q={VALUES['query']}", headers=canary)
    call("POST", "/canvas", data={"signed_request": signed})  # a second use
    call("POST", "/canvas", data={"signed_request": signed[:-8]})
    call("POST", "/oauth/token", data={"grant_type": "client_credentials", "client_id": "x", "client_secret": "y" * 40})
    call("POST", "/api/v1/plans", json={"title": VALUES["query"]}, headers=rep)
    call("GET", f"/api/v1/plans/{VALUES['query']}", headers=rep)
    call("POST", "/flow/v1/activities", data=VALUES["query"], content_type="text/plain", headers=flow)
    secrets = {
        "signed request": signed,
        "consumer secret": product.setup_app.consumer_secret,
        "flow client secret": product.flow_client.secret.reveal(),
        "rep's token of ours": rep["Authorization"].removeprefix("Bearer "),
        "flow's token of ours": flow["Authorization"].removeprefix("Bearer "),
        "state of a login": way.given["state"],
        "code of a login": way.given["code"],
        **{f"org session {number}": token for number, token in enumerate(product.session_tokens())},
    }
    return secrets, errors


@pytest.fixture
def driven(product):
    with everything_logged() as log:
        secrets, errors = drive(product)
    return secrets, errors, log.getvalue(), dump_of(product.parts.database)


def test_canaries_are_found_nowhere(driven):
    secrets, errors, log, dump = driven
    canaries = {**VALUES, **secrets}

    assert len(canaries) >= 20
    assert '"event": "request_answered"' in log, "the log was really written"
    assert '"event": "intent_parked"' in log, "the faults really happened"
    assert len(errors) > 10
    for name, canary in canaries.items():
        assert canary not in log, f"{name} stands in the log"
        assert canary not in dump, f"{name} lies in the clear in the database"
        assert not any(canary in text for text in errors), f"{name} stands in an error"


def test_no_error_tells_of_our_insides(driven):
    _, errors, _, _ = driven

    for text in errors:
        assert "Traceback" not in text
        assert ".py" not in text
        assert "sqlalchemy" not in text.lower()
