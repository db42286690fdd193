"""The record page in Chromium: it follows the org without a reload, works by keyboard, and says what it waits for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Event

import pytest
from flask import Flask, request
from playwright.sync_api import Browser, Locator, Page, expect

from localorg.http_server import RunningServer
from localorg.server import RunningOrg
from localorg.setup import Flow, NamedCredential
from support.running_org import BRIGHTWATER, RILEY, ROOT, a_running_org, an_app, record_id

pytestmark = pytest.mark.browser


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningOrg]:
    with a_running_org(tmp_path) as org:
        yield org


@contextmanager
def an_embedded_app(port: int = 0, *, answering: Event | None = None) -> Iterator[str]:
    """Its address on localhost: another site than the page on 127.0.0.1. It answers once `answering` is set."""
    app = Flask("embedded")

    @app.post("/canvas")
    def canvas() -> str:
        if answering is not None:
            answering.wait(timeout=30)
        return f"<h1>Signed: {request.form['signed_request'].count('.')}</h1><input aria-label='Entry'>"

    server = RunningServer(app, host="127.0.0.1", port=port)
    server.start()
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.stop()


def open_deal(browser: Browser, running: RunningOrg) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(10_000)
    page.goto(f"{running.http_base}/lightning/r/Opportunity/{record_id(running)}/view")
    return page


def write(running: RunningOrg, **values: object) -> None:
    user = running.org.users.by_username(RILEY)
    assert user is not None
    with running.org.transaction(user_id=user.id, client="tests") as tx:
        tx.update("Opportunity", record_id(running), values)


def seconds_to_show(running: RunningOrg, amount: Locator, thousands: int) -> float:
    started = time.monotonic()
    write(running, Amount=thousands * 1000)
    expect(amount).to_have_text(f"${thousands},000.00")
    return time.monotonic() - started


def test_a_change_in_the_org_shows_within_a_second_without_a_reload(browser: Browser, running: RunningOrg) -> None:
    page = open_deal(browser, running)
    amount = page.locator(".facts [data-field=Amount]")
    expect(amount).to_have_text("$125,000.50")
    page.evaluate("window.notReloaded = true")
    page.wait_for_load_state("load")
    took = [seconds_to_show(running, amount, thousands) for thousands in (131, 132, 133)]

    assert median(took) < 1.0  # the machine may be busy with something else once
    assert page.evaluate("window.notReloaded") is True


def test_a_new_task_appears_in_the_timeline(browser: Browser, running: RunningOrg) -> None:
    page = open_deal(browser, running)
    expect(page.locator("[data-live=activity-count]")).to_have_text("2")
    user = running.org.users.by_username(RILEY)
    assert user is not None
    with running.org.transaction(user_id=user.id) as tx:
        values = {"Subject": "Written meanwhile", "WhatId": record_id(running), "Status": "Completed"}
        tx.insert("Task", {**values, "OwnerId": user.id, "Priority": "Normal"})

    first = page.locator(".timeline li").first
    expect(first).to_contain_text("Written meanwhile")
    expect(first).to_contain_text("Completed")
    expect(first).to_contain_text("Riley Okafor")
    expect(first).to_contain_text(BRIGHTWATER)


def test_the_panel_waits_for_the_app_and_opens_it_when_it_is_there(browser: Browser, running: RunningOrg) -> None:
    with an_embedded_app() as address:
        port = int(address.rpartition(":")[2])
    running.setup.register(an_app(canvas_url=f"{address}/canvas"))
    page = open_deal(browser, running)
    expect(page.locator("[data-panel-message]")).to_contain_text(f"not running at {address}/canvas")

    with an_embedded_app(port):
        expect(page.frame_locator("[data-panel-frame]").get_by_role("heading")).to_have_text("Signed: 1")


def test_the_card_says_what_it_waits_for_while_the_app_is_slow(browser: Browser, running: RunningOrg) -> None:
    answering = Event()
    with an_embedded_app(answering=answering) as address:
        running.setup.register(an_app(canvas_url=f"{address}/canvas"))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        with page.expect_request(f"{address}/canvas"):
            page.goto(f"{running.http_base}/lightning/r/Opportunity/{record_id(running)}/view")
        expect(page.locator("[data-panel-message]")).to_have_text("Opening the app…")
        expect(page.locator("[data-panel-frame]")).to_be_hidden()

        answering.set()
        expect(page.frame_locator("[data-panel-frame]").get_by_role("heading")).to_be_visible()
        expect(page.locator("[data-panel-message]")).to_be_hidden()


def test_reload_asks_when_the_app_holds_something_unsaved(browser: Browser, running: RunningOrg) -> None:
    with an_embedded_app() as address:
        running.setup.register(an_app(canvas_url=f"{address}/canvas"))
        page = open_deal(browser, running)
        app = page.frame_locator("[data-panel-frame]")
        (frame,) = [frame for frame in page.frames if frame.name == "canvas-app"]
        app.get_by_label("Entry").click()
        page.keyboard.type("Visit")
        frame.evaluate("addEventListener('beforeunload', (event) => event.preventDefault())")

        with page.expect_event("dialog") as asked:
            page.once("dialog", lambda dialog: dialog.dismiss())
            page.get_by_role("button", name="Reload").click()

        assert asked.value.type == "beforeunload"
        expect(app.get_by_label("Entry")).to_have_value("Visit")


ASK_FOR_HEIGHT = """(height) => {
    const body = { type: 'resize', size: { height } };
    parent.postMessage(JSON.stringify({ seq: 1, targetModule: 'Canvas', body }), '*');
}"""


@pytest.mark.parametrize(("asked", "given"), [("1200px", "1200px"), ("20px", "300px"), ("90000px", "4000px")])
def test_an_app_gets_the_height_that_it_asks_for_within_bounds(
    browser: Browser, running: RunningOrg, asked: str, given: str
) -> None:
    with an_embedded_app() as address:
        running.setup.register(an_app(canvas_url=f"{address}/canvas"))
        page = open_deal(browser, running)
        expect(page.frame_locator("[data-panel-frame]").get_by_role("heading")).to_be_visible()
        (frame,) = [frame for frame in page.frames if frame.name == "canvas-app"]

        frame.evaluate(ASK_FOR_HEIGHT, asked)

        expect(page.locator("[data-panel-frame]")).to_have_css("min-height", given)


def test_nobody_but_the_app_in_the_frame_is_heard(browser: Browser, running: RunningOrg) -> None:
    with an_embedded_app() as address:
        running.setup.register(an_app(canvas_url=f"{address}/canvas"))
        page = open_deal(browser, running)
        expect(page.frame_locator("[data-panel-frame]").get_by_role("heading")).to_be_visible()
        (frame,) = [frame for frame in page.frames if frame.name == "canvas-app"]

        page.evaluate(ASK_FOR_HEIGHT, "1300px")  # the page itself: another source
        frame.evaluate(ASK_FOR_HEIGHT, "1200px")

        expect(page.locator("[data-panel-frame]")).to_have_css("min-height", "1200px")


@pytest.mark.parametrize("path", ["/", "/lightning/r/Opportunity/{deal}/view"])
def test_a_narrow_window_does_not_scroll_sideways(browser: Browser, running: RunningOrg, path: str) -> None:
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.goto(running.http_base + path.format(deal=record_id(running)))
    page.wait_for_load_state("load")

    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_people_are_switched_and_flows_run_by_keyboard_alone(browser: Browser, running: RunningOrg) -> None:
    running.setup.register(NamedCredential("Nowhere", "http://127.0.0.1:1", "http://127.0.0.1:1/token", "id", "secret"))
    running.setup.register(Flow("Log", "as Flow", "Opportunity", "Nowhere", "POST", "/x", {}))
    page = open_deal(browser, running)
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".menu summary")).to_contain_text("Noor Haddad")
    expect(page.locator("[data-field=Amount]")).to_have_count(0)

    expect(page.get_by_role("button", name="as Flow")).to_be_enabled()
    page.get_by_role("button", name="as Flow").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-flow-result]")).to_contain_text("could not be reached")


def test_escape_closes_the_menu_and_gives_the_focus_back(browser: Browser, running: RunningOrg) -> None:
    page = open_deal(browser, running)
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.locator(".menu")).not_to_have_attribute("open", "")
    expect(page.locator(".menu summary")).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/lightning/r/Opportunity/{deal}/view", "/nothing"])
def test_the_screens_have_no_finding_of_axe(browser: Browser, running: RunningOrg, path: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(running.http_base + path.format(deal=record_id(running)))
    page.add_script_tag(path=ROOT / "node_modules" / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run().then((result) => result.violations.map((one) => one.id))")
    context.close()

    assert found == []


def test_the_list_follows_the_org_too(browser: Browser, running: RunningOrg) -> None:
    page = browser.new_page()
    page.goto(f"{running.http_base}/")
    row = page.get_by_role("row", name=BRIGHTWATER)
    expect(row).to_contain_text("$125,000.50")
    write(running, StageName="Negotiation/Review")

    expect(row).to_contain_text("Negotiation/Review")


def test_an_app_is_allowed_by_keyboard_and_the_browser_goes_back_to_it(browser: Browser, running: RunningOrg) -> None:
    """Skip link, bar and menu come first; Deny stands before Allow, so that nothing is allowed by a stray Enter."""
    with an_app_that_waits_for_a_code() as (address, codes):
        running.setup.register(an_app(approved="self", redirect_uris=(address,), require_pkce=False))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        asked = f"response_type=code&client_id=3MVG9.tests&redirect_uri={address}&scope=id+api+refresh_token&state=s1"
        page.goto(f"{running.http_base}/services/oauth2/authorize?{asked}")
        expect(page.get_by_role("heading", name="Allow access?")).to_be_visible()
        expect(page.get_by_text(RILEY)).to_be_visible()
        for _ in range(12):
            if page.evaluate("document.activeElement.value") == "allow":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("You can close this window")).to_be_visible()
        page.close()

    assert [state for _, state in codes] == ["s1"]


@contextmanager
def an_app_that_waits_for_a_code() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Its redirect address, and the codes and states that arrived there."""
    app, codes = Flask("app"), []

    @app.get("/callback")
    def callback() -> str:
        codes.append((request.args["code"], request.args["state"]))
        return "You can close this window"

    server = RunningServer(app, host="127.0.0.1", port=0)
    server.start()
    try:
        yield f"http://localhost:{server.port}/callback", codes
    finally:
        server.stop()
