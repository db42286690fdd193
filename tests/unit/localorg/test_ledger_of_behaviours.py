import ast
from typing import Any

import pytest

from localorg.errors import Code
from localorg.faults import FaultKind
from localorg.sign_in import Refusal
from localorg.soql import errors as soql_errors
from support.ledger import HOME, Answers, behaviours, contract_files, gaps, texts_of_tests

SOQL_CODES = {
    value for name, value in vars(soql_errors).items() if name.isupper() and isinstance(value, str) and name == value
}
AN_ENTRY = {
    "name": "a record that is held is refused",
    "mark": "recorded",
    "source": "somewhere",
    "codes": ["UNABLE_TO_LOCK_ROW"],
    "faults": ["row_lock"],
    "tests": ["test_locks_contract.py::test_it"],
}
A_TEST_FILE = 'def test_it():\n    arm("row_lock")\n    assert code == "UNABLE_TO_LOCK_ROW"\n'


def test_the_ledger_is_complete_and_every_entry_has_its_tests():
    missing = gaps(
        behaviours(),
        answers=Answers(
            codes={str(code) for code in Code} | SOQL_CODES,
            faults={kind.value for kind in FaultKind},
            refusals={refusal.name: refusal.value[1] for refusal in Refusal},
        ),
        files=texts_of_tests(),
        contracts=contract_files(),
    )

    assert missing == []


def of_a_small_org(**changes: Any) -> list[str]:
    """The gaps of an org with one code, one fault, one contract file and one entry."""
    usual = {
        "entries": [AN_ENTRY],
        "codes": ["UNABLE_TO_LOCK_ROW"],
        "faults": ["row_lock"],
        "refusals": {},
        "files": {"test_locks_contract.py": A_TEST_FILE},
        "contracts": ["test_locks_contract.py"],
    }
    given = {**usual, **changes}
    answers = Answers(codes=given.pop("codes"), faults=given.pop("faults"), refusals=given.pop("refusals"))
    return gaps(given.pop("entries"), answers=answers, **given)


def test_a_complete_ledger_has_no_gap():
    assert of_a_small_org() == []


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"codes": ["UNABLE_TO_LOCK_ROW", "NEW_CODE"]}, "NEW_CODE stands in no entry"),
        ({"codes": []}, "UNABLE_TO_LOCK_ROW is listed and does not exist"),
        ({"faults": ["row_lock", "new_fault"]}, "new_fault stands in no entry"),
        ({"refusals": {"IP_RESTRICTED": "ip restricted"}}, "IP_RESTRICTED stands in no entry"),
        (
            {
                "entries": [{**AN_ENTRY, "refusals": ["IP_RESTRICTED"]}],
                "refusals": {"IP_RESTRICTED": "ip restricted"},
            },
            "a record that is held is refused: no test file says 'ip restricted'",
        ),
        ({"contracts": ["test_locks_contract.py", "test_new.py"]}, "test_new.py is named by no entry"),
        ({"entries": [AN_ENTRY, AN_ENTRY]}, "a record that is held is refused stands twice"),
        ({"entries": [{**AN_ENTRY, "tests": []}]}, "a record that is held is refused: has no test"),
        (
            {"entries": [{**AN_ENTRY, "tests": ["test_locks_contract.py::test_gone"]}]},
            "a record that is held is refused: test_locks_contract.py::test_gone does not exist",
        ),
        (
            {"files": {"test_locks_contract.py": "def test_it():\n    arm('row_lock')\n"}},
            "a record that is held is refused: no test file names UNABLE_TO_LOCK_ROW",
        ),
        ({"entries": [{**AN_ENTRY, "mark": "sure"}]}, "a record that is held is refused: does not say how it is known"),
        ({"entries": [{**AN_ENTRY, "source": " "}]}, "a record that is held is refused: does not say how it is known"),
    ],
)
def test_a_gap_is_found(changes: dict[str, Any], gap: str):
    assert gap in of_a_small_org(**changes)


def test_every_error_code_is_used():
    used = set()
    for path in HOME.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code":
                used.add(node.attr)

    assert used == {code.name for code in Code}
