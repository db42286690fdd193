import ast
import tomllib
from pathlib import Path

import localorg
from localorg.errors import Code
from localorg.soql import errors as soql_errors

HOME = Path(localorg.__file__).parent
BEHAVIOURS = tomllib.loads((HOME / "ledger.toml").read_text(encoding="utf-8"))["behaviour"]


def test_every_behaviour_says_how_it_is_known():
    for one in BEHAVIOURS:
        assert one["mark"] in {"recorded", "documented", "client", "guessed"}, one
        assert one["source"].strip(), one
    names = [one["name"] for one in BEHAVIOURS]
    assert len(names) == len(set(names))


def test_every_error_code_stands_in_the_ledger_and_no_other():
    in_ledger = {code for one in BEHAVIOURS for code in one.get("codes", ())}
    of_soql = {
        value
        for name, value in vars(soql_errors).items()
        if name.isupper() and isinstance(value, str) and name == value
    }

    assert in_ledger == {str(code) for code in Code} | of_soql


def test_every_error_code_is_used():
    used = set()
    for path in HOME.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code":
                used.add(node.attr)

    assert used == {code.name for code in Code}
