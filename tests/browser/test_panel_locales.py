"""Days and amounts are typed and read as the user's locale has them, whatever the browser's own language is."""

import pytest
from playwright.sync_api import Page, expect

from support import panel_stub as stub
from support.panel_page import assert_sound, entry, opened, type_into
from support.panel_stub import PanelStub

pytestmark = pytest.mark.browser


def opened_by(page: Page, locale: str, currency: str) -> PanelStub:
    user = {**stub.session()["user"], "locale": locale, "currency": currency}
    rows = [{**row, "currency": currency if row["type"] == "currency" else None} for row in stub.default_rows()]
    answers = opened(page, stub.panel(rows), user=user)
    answers.on("PATCH", (200, {"rows": rows, "saved": [], "outcomes": []}))
    return answers


def saved_value(answers: PanelStub) -> object:
    answers.page.keyboard.press("Control+s")
    expect(answers.page.locator("p[data-status]")).to_have_text("Saved to Salesforce")
    (change,) = answers.saves()[-1]
    return change["value"]


@pytest.mark.parametrize(
    ("locale", "shown", "typed", "saved"),
    [
        ("en_GB", "31 Dec 2026", "05/03/2027", "2027-03-05"),
        ("en_GB", "31 Dec 2026", "5/3/2027", "2027-03-05"),
        ("en_US", "Dec 31, 2026", "5/3/2027", "2027-05-03"),
        ("en_US", "Dec 31, 2026", "05/03/2027", "2027-05-03"),
        ("de_DE", "31.12.2026", "5.3.2027", "2027-03-05"),
        ("de_DE_EURO", "31.12.2026", "05.03.2027", "2027-03-05"),
        ("fr_FR", "31 déc. 2026", "5 mars 2027", "2027-03-05"),
    ],
)
def test_a_day_is_read_as_the_user_writes_it_a15(page: Page, locale: str, shown: str, typed: str, saved: str) -> None:
    answers = opened_by(page, locale, "EUR")
    expect(entry(page, "Close Date")).to_have_value(shown)

    type_into(page, "Close Date", typed)

    assert saved_value(answers) == saved
    assert_sound(answers)


def test_a_day_that_does_not_exist_is_not_saved(page: Page) -> None:
    answers = opened_by(page, "en_GB", "GBP")
    type_into(page, "Close Date", "31/06/2027")

    page.keyboard.press("Control+s")

    expect(page.get_by_text("Your entry does not match the allowed format")).to_be_visible()
    assert answers.saves() == []


@pytest.mark.parametrize(
    ("locale", "currency", "shown", "typed"),
    [
        ("de_DE", "EUR", "125.000,50\xa0€", "1.234,56"),
        ("en_GB", "GBP", "£125,000.50", "1,234.56"),
        ("sv_SE", "SEK", "125\xa0000,50\xa0kr", "1234,56"),
    ],
)
def test_an_amount_is_read_as_the_user_writes_it_a16(
    page: Page, locale: str, currency: str, shown: str, typed: str
) -> None:
    answers = opened_by(page, locale, currency)
    expect(entry(page, "Opportunity Amount")).to_have_value(shown)

    type_into(page, "Opportunity Amount", typed)

    assert saved_value(answers) == "1234.56"


def test_the_week_begins_on_monday_where_it_does(page: Page) -> None:
    opened_by(page, "en_GB", "GBP")
    entry(page, "Close Date").click()

    expect(page.locator("lightning-calendar th abbr").first).to_have_text("Mon")
