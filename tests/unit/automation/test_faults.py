"""The numbers of faults are a closed list: unique, documented, and known for every code that a Flow can meet."""

import ast
import re
from pathlib import Path

import accord
from accord.features.automation.faults import NUMBERS, sentence
from accord.infra.http import SERVER_WORDS

ROOT = Path(__file__).parents[3]
PACKAGE = Path(accord.__file__).parent
IN_THE_ORG = ROOT / "force-app" / "main" / "automation" / "classes"
ROW = re.compile(r"\| ACC-(\d{3}) \| `(\w+)` \|")
# what the addresses of the actions cannot answer
ELSEWHERE = {"NOT_FOUND", "ADDRESS_TOO_LONG", "HEADERS_TOO_LARGE"}


def refusals() -> set[str]:
    """The codes of every `refused(...)` in the features behind the actions."""
    found = set()
    for folder in ("activities", "automation"):
        for path in (PACKAGE / "features" / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refused":
                    found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return found


def test_every_number_is_documented_and_used_once():
    documented = {code: int(number) for number, code in ROW.findall((ROOT / "docs" / "flow.md").read_text())}

    assert documented == NUMBERS
    assert len(set(NUMBERS.values())) == len(NUMBERS)


def test_every_refusal_has_a_number():
    assert len(refusals()) >= 12
    assert refusals() - NUMBERS.keys() == set()


def test_every_error_of_the_server_has_a_number():
    assert {code for code, _ in SERVER_WORDS.values()} - ELSEWHERE - NUMBERS.keys() == set()


def test_the_actions_inside_the_org_use_the_same_numbers():
    text = (IN_THE_ORG / "AccordActionResult.cls").read_text()
    numbers = {code: int(number) for code, number in re.findall(r"'(\w+)' => (\d+)", text)}
    used = set().union(*(re.findall(r"'([A-Z]+(?:_[A-Z]+)+)'", path.read_text()) for path in IN_THE_ORG.glob("*.cls")))

    assert numbers == {code: NUMBERS[code] for code in numbers}
    assert used == numbers.keys()


def test_the_form():
    assert sentence("INVALID_KIND", "No such kind", None, "Choose one. ", reference="r1") == (
        "Accord: No such kind. Choose one. [ACC-103] ref r1"
    )
    assert "[ACC-900]" in sentence("WHATEVER", "x", reference="r")
    assert "[ACC-402]" in sentence("NO_INTEGRATION_KEY", "x", reference="r", status=502)
