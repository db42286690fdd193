"""Prose that names files and commands rots; here it is held to what exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from accord.delivery.skips import SkipReason

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PATH = re.compile(r"(?:\(|`)((?:backend|docs|tests|scripts|benchmarks|force-app|lwc_components)/[\w./-]+)(?:\)|`)")
ROOM = re.compile(r"`((?:core|infra|salesforce|workspace|delivery|features)/[\w./-]+\.py)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page):
    text = page.read_text()
    named = [ROOT / found for found in PATH.findall(text)] + [ROOT / "backend/accord" / f for f in ROOM.findall(text)]
    linked = [page.parent / found for found in re.findall(r"\]\((?!http)([\w./-]+)\)", text)]

    assert [str(path.relative_to(ROOT)) for path in named + linked if not path.exists()] == []


def anchors(page: Path) -> set[str]:
    """What a link into a page may name: its headings, as a reader of Markdown turns them into names."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_into_a_page_finds_its_heading(page):
    links = re.findall(r"\]\((?!http)([\w./-]*)#([\w-]+)\)", page.read_text())

    wrong = [f"{where}#{name}" for where, name in links if name not in anchors(page.parent / where if where else page)]
    assert wrong == []


def test_every_picture_is_shown_by_a_page_and_made_by_a_browser_test():
    shown = {name for page in PAGES for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text())}
    made = "".join(test.read_text() for test in (ROOT / "tests/browser").glob("*.py"))
    kept = {picture.stem for picture in (ROOT / "docs/pictures").glob("*.png")}

    assert (kept - shown, shown - kept) == (set(), set())
    assert {name for name in kept if f'"{name}"' not in made and f'"{name}.png"' not in made} == set()


def test_every_command_that_a_page_names_exists():
    said = subprocess.run([sys.executable, "-m", "accord", "--help"], capture_output=True, text=True, check=True).stdout
    made = (ROOT / "Makefile").read_text()
    text = "\n".join(page.read_text() for page in PAGES)

    named = re.findall(r"(?:`|^|\(|/bin/)accord ([a-z-]+)", text, re.MULTILINE)
    assert {found for found in named if f"  {found} " not in said} == set()
    assert {found for found in re.findall(r"`make ([a-z-]+)", text) if f"\n{found}:" not in made} == set()


def test_every_setting_of_the_readme_is_read_and_every_one_that_is_read_is_there():
    read = set(re.findall(r'"((?:ACCORD_\w+|DATABASE_URL|PORT))"', (ROOT / "backend/accord/settings.py").read_text()))
    told = set(re.findall(r"^\| `?([A-Z_`, ]+?)`? \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    names = {name.strip(" `") for cell in told for name in cell.split(",")}

    assert names == read


def test_the_runbook_knows_every_reason_why_a_write_waits_and_no_other():
    text = (ROOT / "docs/runbooks.md").read_text()
    said = re.search(r"^The reasons in `skip.reason`:(.+?)\n\n", text, re.MULTILINE | re.DOTALL)
    assert said is not None

    assert set(re.findall(r"`([a-z_]+)`", said[1])) == {str(reason) for reason in SkipReason}


def test_decisions_are_numbered_one_after_the_other_and_say_their_number():
    pages = sorted((ROOT / "docs/adr").glob("*.md"))
    said = [int(re.match(r"# (\d+)\. ", page.read_text())[1]) for page in pages]

    assert [int(page.name[:4]) for page in pages] == said == list(range(1, len(pages) + 1))
