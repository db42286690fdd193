"""What the audit's file looks like, and when a line can be put back."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.core.ids import ConnectionId, MemberId
from accord.core.spreadsheet import plain
from accord.features.audit.model import ShownLine
from accord.features.audit.rules import COLUMNS, csv_of, title_of, why_not_put_back
from accord.infra.audit import Actor, Entry, Line
from support.builders import NOON

ENTRY = Entry(ConnectionId("c"), "settings.panel", Actor.MEMBER, MemberId("m"), old={"a": 1}, new={"a": 2}, version=3)


def a_line(*, by: str | None = "Ada", **changes) -> ShownLine:
    return ShownLine(Line("id", NOON, replace(ENTRY, **changes)), "Salesforce Slideout", by, True)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula(begin):
    (row,) = list(csv.reader(io.StringIO(csv_of([a_line(by=f"{begin}HYPERLINK(1)")]), newline="")))[1:]

    assert row[COLUMNS.index("by")] == f"'{begin}HYPERLINK(1)"


@settings(deadline=None)
@given(st.text())
def test_a_cell_keeps_its_text_and_never_begins_a_formula(text):
    found = plain(text)

    assert found.removeprefix("'") == text.removeprefix("'")
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_file_is_read_back_as_it_was_written(text):
    row = list(csv.reader(io.StringIO(csv_of([a_line(subject=text)]), newline="")))[1]

    assert row[COLUMNS.index("subject")] == plain(text)


@pytest.mark.parametrize(
    ("line", "version", "code"),
    [
        (a_line(), 3, None),
        (a_line(), 4, "CHANGED_MEANWHILE"),
        (a_line(), None, "NOT_PUT_BACK"),
        (a_line(old=None), 3, "NOT_PUT_BACK"),
        (a_line(version=None), 3, "NOT_PUT_BACK"),
    ],
)
def test_a_line_is_put_back_while_nobody_has_changed_its_settings_since(line, version, code):
    refusal = why_not_put_back(line, version=version, latest=a_line(by="Grace"))

    assert (refusal and refusal.code) == code
    if code == "CHANGED_MEANWHILE":
        assert "Grace has changed Salesforce Slideout since on 2026-11-22 at 12:00 UTC" in refusal.message


def test_every_kind_has_a_title():
    assert title_of("settings.panel", {"settings.panel": "Salesforce Slideout"}) == "Salesforce Slideout"
    assert title_of("brake.stopped", {}) == "Stop switch"
    assert title_of("else", {}) == "else"
