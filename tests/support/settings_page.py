"""What tests do with the settings tab in a browser: open it, press its buttons, take pictures for the docs."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from support.settings_stub import SettingsStub


def picture(page: Page, name: str) -> None:
    """A picture for the docs, when a folder is named for them."""
    if folder := os.environ.get("ACCORD_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def opened(page: Page, **changes: Any) -> SettingsStub:
    """The tab on its checklist."""
    tab = SettingsStub(page, **changes)
    tab.open()
    expect(page.get_by_text("steps are in order.")).to_be_visible()
    return tab


def press(page: Page, name: str) -> None:
    """A button by keyboard, as soon as it can be pressed."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    button.press("Enter")
