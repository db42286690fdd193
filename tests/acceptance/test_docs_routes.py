"""Pages that tell an address of ours are held to the addresses that there are."""

import re
from pathlib import Path

from werkzeug.exceptions import MethodNotAllowed, NotFound

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# the local org's own addresses, of which one page tells, are not ours
OURS = re.compile(
    r"(?:\b(GET|POST|PUT|PATCH|DELETE) |(-X [A-Z]+ [^|`]*?)?\$ACCORD|`)"
    r"(/(?:api/v1/\w|oauth|flow|events|connect|canvas)[\w/{}.-]*)"
)


def told() -> set[tuple[str, str, str]]:
    """Page, method (empty: any) and address, with an id in the place of what a page leaves open."""
    found = set()
    for page in PAGES:
        for told_method, option, path in OURS.findall(page.read_text()):
            method = told_method or (option.split()[1] if option else "")
            found.add((page.name, method, re.sub(r"\{\w+\}|\b[A-Z]+\b", "01a2", path.rstrip(".")).rstrip("/")))
    return found


def test_every_address_that_a_page_tells_is_one(one_product):
    there = one_product.app.url_map.bind("localhost")

    def answers(method: str, path: str) -> bool:
        try:
            there.match(path, method=method or "GET")
        except NotFound:
            return False
        except MethodNotAllowed:
            return not method
        return True

    assert len(told()) > 40
    assert sorted(one for one in told() if not answers(*one[1:])) == []
