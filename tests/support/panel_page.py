"""What tests do with the built panel page in a browser: open it, type into it, and ask whether it is sound."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from support import panel_stub as stub
from support.panel_stub import PanelStub

AXE = stub.ROOT / "node_modules/axe-core/axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking"]
ACTIVE_ELEMENT = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
}"""


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


def opened(page: Page, panel: dict[str, Any] | None = None, **session: Any) -> PanelStub:
    """A panel that has loaded."""
    answers = PanelStub(page, session=stub.session(**session))
    answers.on("GET", (200, panel or stub.panel()))
    answers.plan.plan.update((panel or {}).get("plan") or {})
    answers.open()
    page.wait_for_selector("[data-state]:not([data-state=loading])")
    return answers


def entry(page: Page, label: str) -> Locator:
    """The input of a label, which has a star in front when an entry is demanded."""
    return page.get_by_label(re.compile(rf"^\*?{label}$"))


def type_into(page: Page, label: str, text: str) -> None:
    entry(page, label).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def expect_focus(page: Page, name: str | re.Pattern[str]) -> None:
    """What has the focus is called so. It comes there with a rendering, which may still be on its way."""
    expect(page.locator(":focus")).to_have_accessible_name(name)


def focused(page: Page) -> str:
    """What has the focus just now, for a walk by Tab."""
    return str(page.evaluate(ACTIVE_ELEMENT)).strip(" *")


def findings(page: Page) -> list[str]:
    """What axe finds on the page. Evaluated from outside, so that the page's policy need not allow it."""
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run(document)")
    return [f"{violation['id']}: {node['target']}" for violation in result["violations"] for node in violation["nodes"]]


def assert_sound(answers: PanelStub) -> None:
    """No accessibility finding, and nothing in the console but the refusals that the test itself has ordered."""
    assert findings(answers.page) == []
    assert [text for text in answers.complaints if "Failed to load resource" not in text] == []
