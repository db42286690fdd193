"""The line that offers a rep a Salesforce login of his own, on the host page: by keyboard, no polling (A91, A92)."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from support import panel_stub as stub
from support.panel_page import assert_sound, focused, opened
from support.panel_stub import PanelStub

pytestmark = pytest.mark.browser

LOGIN = "/api/v1/me/salesforce-login"
ADDRESS = "https://halden.example/services/oauth2/authorize?state=x"
NONE: dict[str, Any] = {"connected": False, "connected_at": None, "renewed_at": None, "lost": None, "offered": False}
OFFERED = {**NONE, "offered": True}
CONNECTED = {**NONE, "connected": True}


@pytest.fixture(autouse=True)
def salesforce(page: Page) -> None:
    """Where the sign-in goes on."""
    sign_in = {"body": "Sign in", "content_type": "text/html"}
    page.context.route("https://halden.example/**", lambda route: route.fulfill(**sign_in))


def standing(answers: PanelStub, now: dict[str, Any]) -> None:
    """From now on the API says so about the rep's own login."""

    def answer(request: Request) -> tuple[int, Any]:
        return 200, now if LOGIN in request.url else stub.panel()

    answers.on("GET", answer)


def a_panel(page: Page) -> PanelStub:
    answers = PanelStub(page)
    standing(answers, OFFERED)
    answers.on("POST", lambda request: (200, NONE if "dismiss" in request.url else {"authorize_url": ADDRESS}))
    answers.open()
    expect(line(page)).to_contain_text("carry another name")
    return answers


def line(page: Page) -> Locator:
    return page.get_by_role("region", name="Your name on Tasks")


def tab_to(page: Page, name: str) -> None:
    """Walks with Tab alone, as somebody without a mouse."""
    for _ in range(80):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def looks(answers: PanelStub) -> int:
    return sum((method, path) == ("GET", LOGIN) for method, path, _ in answers.sent)


def begin(page: Page) -> Page:
    """Enter on the button; gives the window that opens."""
    tab_to(page, "Put my name on these Tasks")
    with page.expect_popup() as popup:
        page.keyboard.press("Enter")
    expect(line(page)).to_contain_text("Sign in in the window of Salesforce")
    return popup.value


def test_a_rep_connects_his_login_by_keyboard_and_gives_it_back_there(page: Page) -> None:
    answers = a_panel(page)
    assert_sound(answers)
    if folder := os.environ.get("ACCORD_PICTURES"):
        line(page).scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / "own-login-is-offered.png")

    window = begin(page)
    expect(window).to_have_url(ADDRESS)
    assert window.evaluate("window.opener") is None
    assert looks(answers) == 1
    assert_sound(answers)

    tab_to(page, "Check again")
    page.keyboard.press("Enter")
    expect(line(page)).to_contain_text("Not connected yet")
    standing(answers, CONNECTED)
    page.keyboard.press("Enter")
    expect(line(page)).to_contain_text("Salesforce is connected")
    expect(page.locator(":focus")).to_contain_text("Salesforce is connected")
    assert_sound(answers)

    page.reload()
    expect(line(page)).to_contain_text("Your Salesforce login: connected")
    assert_sound(answers)
    if folder := os.environ.get("ACCORD_PICTURES"):
        line(page).scroll_into_view_if_needed()
        page.screenshot(path=Path(folder) / "own-login-is-connected.png")
    answers.on("DELETE", lambda _: (200, {"connected": False, "ended_at_salesforce": True}))
    tab_to(page, "Disconnect")
    page.keyboard.press("Enter")
    expect(line(page)).to_contain_text("Disconnected.")
    assert ("DELETE", LOGIN) in {(method, path) for method, path, _ in answers.sent}
    expect(page.locator(":focus")).to_contain_text("Disconnected.")


def test_the_line_notices_when_the_rep_comes_back_to_the_page(page: Page) -> None:
    answers = a_panel(page)
    begin(page).close()
    standing(answers, CONNECTED)

    page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(line(page)).to_contain_text("Salesforce is connected")
    assert looks(answers) == 2


def test_a_browser_that_opens_no_window_leaves_a_link(page: Page) -> None:
    page.add_init_script("window.open = () => null")
    answers = a_panel(page)
    tab_to(page, "Put my name on these Tasks")
    page.keyboard.press("Enter")

    link = line(page).get_by_role("link", name="Sign in to Salesforce")
    expect(link).to_have_attribute("href", ADDRESS)
    assert_sound(answers)


def test_a_rep_declines_by_keyboard_and_what_he_typed_stays(page: Page) -> None:
    answers = a_panel(page)
    page.get_by_label("Next Steps").fill("Visit the plant")

    tab_to(page, "Not now")
    page.keyboard.press("Enter")

    expect(line(page)).to_have_count(0)
    assert [path for method, path, _ in answers.sent if method == "POST"] == [f"{LOGIN}/dismiss"]
    expect(page.locator(":focus")).to_contain_text("Brightwater")
    expect(page.get_by_label("Next Steps")).to_have_value("Visit the plant")
    assert_sound(answers)


def test_a_rep_who_is_offered_nothing_sees_no_line(page: Page) -> None:
    answers = opened(page)

    expect(page.get_by_label("Next Steps")).to_be_visible()
    expect(line(page)).to_have_count(0)
    assert_sound(answers)
