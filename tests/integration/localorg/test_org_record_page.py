"""The record page: what it shows to whom, the signed request of its panel, its live events."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from localorg.app import create_app
from localorg.org import Org
from localorg.seed import DEMO_SEED, load_seed
from localorg.server import RunningOrg
from localorg.setup import OrgSetup
from support.running_org import ADMIN, BRIGHTWATER, FORCE_APP, NOOR, RILEY, a_running_org, an_app

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class World:
    """An org without sockets and a browser without scripts."""

    def __init__(self, *, viewer: str = "") -> None:
        self.org = Org.create(metadata_dirs=[FORCE_APP], clock=lambda: NOON)
        load_seed(self.org, DEMO_SEED)
        self.setup = OrgSetup()
        app = create_app(
            self.org, https_base="https://localhost:8143", http_base="http://127.0.0.1:8100", setup=self.setup
        )
        self.client: FlaskClient = app.test_client()
        self.record_id = next(row["Id"] for row in self.org.records.all("Opportunity") if row["Name"] == BRIGHTWATER)
        self.address = f"/lightning/r/Opportunity/{self.record_id}"
        if viewer:
            self.client.post("/lightning/viewing-as", data={"username": viewer})

    def page(self) -> str:
        return self.client.get(f"{self.address}/view").text

    def canvas(self) -> dict[str, Any]:
        return dict(self.client.post(f"{self.address}/canvas").get_json())


@pytest.fixture
def listening_app(tmp_path: Path) -> Iterator[str]:
    """Anything that listens can stand for a running app; another org is at hand."""
    with a_running_org(tmp_path / "app") as other:
        yield f"{other.http_base}/canvas"


def field(page: str, name: str) -> str:
    """The text of a field on the page, tags removed."""
    found = re.search(rf'data-field="{name}">(.*?)</(?:dd|span)>', page, re.DOTALL)
    assert found is not None, f"{name} is not on the page"
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def opened(signed_request: str, secret: str) -> dict[str, Any]:
    signature, _, payload = signed_request.partition(".")
    expected = hmac.new(secret.encode(), payload.encode(), hashlib.sha256).digest()
    assert base64.b64decode(signature) == expected
    return dict(json.loads(base64.b64decode(payload)))


def test_the_page_shows_the_record_and_its_tasks() -> None:
    page = World().page()

    assert field(page, "Amount") == "125000.5"
    assert field(page, "StageName") == "Proposal/Price Quote"
    assert field(page, "AccountId") == "Brightwater Utilities"
    assert "Walk through the laboratory layout" in page
    assert "Imogen Vance" in page


def test_times_and_money_are_marked_for_the_viewers_locale() -> None:
    page = World(viewer=NOOR).page()

    assert 'data-locale="de_DE" data-time-zone="Europe/Berlin"' in page
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d" data-as="date">', page)


def test_the_first_viewer_is_the_rep() -> None:
    assert re.search(r"Viewing as</small>Riley Okafor", World().page())


def test_a_field_that_the_viewer_may_not_see_is_not_on_the_page() -> None:
    page = World(viewer=NOOR).page()

    assert 'data-field="Amount"' not in page
    assert "125000" not in page


def test_a_record_that_is_not_shared_with_the_viewer_is_not_there() -> None:
    world = World()
    riley = world.org.users.by_username(RILEY)
    assert riley is not None
    with world.org.setup() as tx:
        tx.update("Opportunity", world.record_id, {"_hidden_from": [riley.id]}, enforce=False)

    assert world.client.get(f"{world.address}/view").status_code == 404
    assert BRIGHTWATER not in world.client.get("/lightning/o/Opportunity/list").text
    assert world.canvas()["state"] == "missing"


def test_people_can_be_changed_but_not_into_somebody_unknown() -> None:
    assert re.search(r"Viewing as</small>Ada Lindqvist", World(viewer=ADMIN).page())
    assert re.search(r"Viewing as</small>Riley Okafor", World(viewer="nobody@halden.example").page())


def test_the_switch_leads_back_to_pages_of_this_org_only() -> None:
    world = World()
    home = world.client.post("/lightning/viewing-as", data={"username": NOOR, "back": "https://example.org/"})
    back = world.client.post("/lightning/viewing-as", data={"username": NOOR, "back": f"{world.address}/view"})

    assert home.location == "/lightning/o/Opportunity/list"
    assert back.location == f"{world.address}/view"


def test_programs_and_the_platforms_own_user_are_no_viewers() -> None:
    page = World().page()

    assert "integration@halden.example" not in page
    assert "autoproc" not in page


def test_a_record_without_tasks_says_so() -> None:
    world = World()
    bare = next(row["Id"] for row in world.org.records.all("Opportunity") if row["Name"].startswith("Northmere – t"))  # noqa: RUF001

    assert "No activities yet." in world.client.get(f"/lightning/r/Opportunity/{bare}/view").text


@pytest.mark.parametrize(
    "path",
    ["/lightning/r/Opportunity/006000000000001AAA/view", "/lightning/r/Opportunity/%00/view", "/nothing",
     "/lightning/r/Account/001000000000001AAA/view"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_and_no_trace(path: str) -> None:
    answer = World().client.get(path)

    assert answer.status_code == 404
    assert "There is no such" in answer.text
    assert "Traceback" not in answer.text


def test_a_fifteen_character_id_finds_the_record() -> None:
    world = World()

    assert world.client.get(f"/lightning/r/Opportunity/{world.record_id[:15]}/view").status_code == 200


def test_the_list_links_to_every_deal_and_the_root_leads_there() -> None:
    world = World()
    page = world.client.get("/", follow_redirects=True).text

    assert page.count("/lightning/r/Opportunity/") == 12
    assert f"{world.address}/view" in page


def test_names_are_escaped() -> None:
    world = World()
    with world.org.setup() as tx:
        tx.update("Opportunity", world.record_id, {"Name": "<script>alert(1)</script>"}, enforce=False)

    assert "<script>alert" not in world.page()
    assert "&lt;script&gt;alert" in world.page()


@pytest.mark.parametrize(("address", "links"), [("https://x.example/p", 1), ("javascript:alert(1)", 0)])
def test_only_web_addresses_become_links(address: str, links: int) -> None:
    world = World(viewer=ADMIN)
    with world.org.setup() as tx:
        tx.update("Opportunity", world.record_id, {"Accord_URL__c": address}, enforce=False)

    assert world.page().count(f'href="{address}"') == links


def test_the_page_allows_its_own_scripts_only() -> None:
    policy = World().client.get("/lightning/o/Opportunity/list").headers["Content-Security-Policy"]

    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_without_an_app_the_panel_says_that_none_is_set_up() -> None:
    assert World().canvas()["state"] == "not_set"


def test_an_app_that_does_not_run_is_named_with_its_address() -> None:
    world = World()
    world.setup.register(an_app(canvas_url="http://127.0.0.1:1/canvas"))

    answer = world.canvas()
    assert answer["state"] == "unreachable"
    assert "http://127.0.0.1:1/canvas" in answer["message"]


def test_the_panel_gets_a_signed_request_of_the_viewer(listening_app: str) -> None:
    world = World(viewer=NOOR)
    world.setup.register(an_app(canvas_url=listening_app))
    answer = world.canvas()
    payload = opened(answer["signed_request"], "canvas secret")

    noor = world.org.users.by_username(NOOR)
    session = world.org.sessions.find(payload["client"]["oauthToken"])
    assert (answer["state"], answer["url"]) == ("ready", listening_app)
    assert noor is not None
    assert session is not None
    assert payload["userId"] == session.user_id == noor.id
    assert payload["context"]["environment"]["parameters"]["recordId"] == world.record_id
    assert payload["client"]["targetOrigin"] == "http://localhost"
    assert payload["issuedAt"] == NOON.timestamp() * 1000


def test_one_viewer_has_one_token_until_it_ends(listening_app: str) -> None:
    world = World()
    world.setup.register(an_app(canvas_url=listening_app))

    def token() -> str:
        return str(opened(world.canvas()["signed_request"], "canvas secret")["client"]["oauthToken"])

    first, second = token(), token()
    world.org.sessions.revoke(first)
    third = token()

    assert first == second != third


def test_issued_at_can_be_null_as_in_the_guides_sample(listening_app: str) -> None:
    world = World()
    world.setup.register(an_app(canvas_url=listening_app))
    world.client.post("/_org/canvas", json={"issued_at": "null"})

    assert opened(world.canvas()["signed_request"], "canvas secret")["issuedAt"] is None


def test_a_user_who_would_have_to_approve_gets_no_signed_request(listening_app: str) -> None:
    world = World()
    world.setup.register(an_app(canvas_url=listening_app, approved="self"))

    assert world.canvas() == {
        "state": "approval",
        "url": f"{listening_app}?_sfdc_canvas_auth=user_approval_required",
    }


SETTINGS = {"name": "Accord_Settings", "label": "Accord Settings", "parameters": {"page": "settings"}}


def test_a_tab_passes_its_own_parameters_and_no_record(listening_app: str) -> None:
    world = World(viewer=ADMIN)
    world.setup.register(an_app(canvas_url=listening_app))
    assert world.client.post("/_org/tabs", json=SETTINGS).status_code == 204

    page = world.client.get("/lightning/n/Accord_Settings").text
    answer = world.client.post("/lightning/n/Accord_Settings/canvas").get_json()
    environment = opened(answer["signed_request"], "canvas secret")["context"]["environment"]
    assert 'href="/lightning/n/Accord_Settings" aria-current="page"' in page
    assert environment["parameters"] == {"page": "settings"}
    assert environment["locationUrl"] == "http://localhost/lightning/n/Accord_Settings"
    assert environment["record"] == {}


def test_a_tab_that_nobody_has_set_up_is_not_there() -> None:
    world = World()

    assert world.client.get("/lightning/n/Accord_Settings").status_code == 404
    assert world.client.post("/lightning/n/Accord_Settings/canvas").get_json()["state"] == "missing"


def test_fields_stand_in_the_section_where_an_administrator_put_them_and_nowhere_else() -> None:
    world = World()
    section = {"object": "Opportunity", "name": "Accord Execution Data", "fields": ["Progress__c", "Not_There__c"]}
    assert world.client.post("/_org/sections", json=section).status_code == 204

    page = world.page()
    assert 'aria-label="Accord Execution Data"' in page
    assert page.count('data-field="Progress__c"') == 1
    assert page.count('data-field="Not_There__c"') == 0


def test_looking_costs_no_call_of_the_api() -> None:
    world = World()
    world.page()
    world.client.get("/lightning/o/Opportunity/list")

    assert world.client.get("/_org/requests").get_json()["total"] == 0


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningOrg]:
    with a_running_org(tmp_path) as org:
        yield org


def first_event(world: World, change: Any) -> str:
    """What the page hears after `change`, up to the first event."""
    after = world.org.journal.last_seq
    change()
    answer = world.client.get(f"{world.address}/changes?after={after}")
    heard = ""
    for piece in answer.iter_encoded():
        heard += piece.decode()
        if "event: changed" in heard or "nothing new" in heard:
            break
    answer.close()
    return heard


def test_a_change_of_the_record_is_an_event() -> None:
    world = World()

    def change() -> None:
        with world.org.transaction(user_id=world.org.setup_user_id) as tx:
            tx.update("Opportunity", world.record_id, {"Amount": 130000}, enforce=False)

    assert "event: changed" in first_event(world, change)


def test_a_new_task_of_the_record_is_an_event() -> None:
    world = World()

    def change() -> None:
        with world.org.transaction(user_id=world.org.setup_user_id) as tx:
            task = {"Subject": "New", "WhatId": world.record_id, "Status": "Not Started", "Priority": "Normal"}
            tx.insert("Task", task, enforce=False)

    assert "event: changed" in first_event(world, change)


def test_a_change_of_another_record_is_no_event() -> None:
    world = World()
    other = next(row["Id"] for row in world.org.records.all("Opportunity") if row["Id"] != world.record_id)

    def change() -> None:
        with world.org.transaction(user_id=world.org.setup_user_id) as tx:
            tx.update("Opportunity", other, {"NextStep": "Elsewhere"}, enforce=False)

    assert "nothing new" in first_event(world, change)


def test_a_page_of_an_org_that_began_anew_is_told_to_look_again() -> None:
    world = World()
    answer = world.client.get(f"{world.address}/changes?after=999")
    pieces = iter(answer.iter_encoded())
    heard = next(pieces) + next(pieces)
    answer.close()

    assert b"event: changed" in heard
