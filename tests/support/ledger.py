"""Holds the local org's ledger of behaviours against its code and its tests."""

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import localorg

HOME = Path(localorg.__file__).parent
TESTS = Path(__file__).resolve().parents[1]
MARKS = {"recorded", "documented", "client", "guessed"}

Behaviour = Mapping[str, Any]


def behaviours() -> list[Behaviour]:
    return list(tomllib.loads((HOME / "ledger.toml").read_text(encoding="utf-8"))["behaviour"])


def texts_of_tests() -> dict[str, str]:
    """The text of each test file about the local org, by its name, which is unique."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(TESTS.glob("*/localorg/test_*.py"))}


def contract_files() -> set[str]:
    return {path.name for path in TESTS.glob("contract/localorg/test_*.py")}


def gaps(
    entries: Sequence[Behaviour],
    *,
    codes: Iterable[str],
    faults: Iterable[str],
    files: Mapping[str, str],
    contracts: Iterable[str],
) -> list[str]:
    """What is missing, a sentence each: in the ledger, or in the tests that it names."""
    found: list[str] = []
    names = [one["name"] for one in entries]
    found += [f"{name} stands twice" for name in names if names.count(name) > 1]
    for what, known in (("codes", set(codes)), ("faults", set(faults))):
        listed = {value for one in entries for value in one.get(what, ())}
        found += [f"{value} stands in no entry" for value in sorted(known - listed)]
        found += [f"{value} is listed and does not exist" for value in sorted(listed - known)]
    functions = {name: set(_functions(text)) for name, text in files.items()}
    claimed: set[str] = set()
    for one in entries:
        named = [test.partition("::")[::2] for test in one.get("tests", ())]
        claimed |= {file for file, _ in named}
        found += [f"{one['name']}: {gap}" for gap in _gaps_of(one, named, files, functions)]
    found += [f"{file} is named by no entry" for file in sorted(set(contracts) - claimed)]
    return found


def _gaps_of(
    one: Behaviour, named: Sequence[tuple[str, str]], files: Mapping[str, str], functions: Mapping[str, set[str]]
) -> Iterator[str]:
    if one.get("mark") not in MARKS or not str(one.get("source", "")).strip():
        yield "does not say how it is known"
    if not named:
        yield "has no test"
    for file, test in named:
        if test not in functions.get(file, set()):
            yield f"{file}::{test} does not exist"
    texts = [files.get(file, "") for file, _ in named]
    for value in (*one.get("codes", ()), *one.get("faults", ())):
        if not any(value in text or value.upper() in text for text in texts):
            yield f"no test file names {value}"


def _functions(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            yield node.name
