"""Holds the local org's ledger of behaviours against its code and its tests."""

import ast
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the org can answer with. `refusals` of a login are names, each with the words that a test has to know."""

    codes: Collection[str]
    faults: Collection[str]
    refusals: Mapping[str, str]


def gaps(
    entries: Sequence[Behaviour], *, answers: Answers, files: Mapping[str, str], contracts: Iterable[str]
) -> list[str]:
    """What is missing, a sentence each: in the ledger, or in the tests that it names."""
    found: list[str] = []
    names = [one["name"] for one in entries]
    found += [f"{name} stands twice" for name in names if names.count(name) > 1]
    for what, known in vars(answers).items():
        listed = {value for one in entries for value in one.get(what, ())}
        found += [f"{value} stands in no entry" for value in sorted(set(known) - listed)]
        found += [f"{value} is listed and does not exist" for value in sorted(listed - set(known))]
    functions = {name: set(_functions(text)) for name, text in files.items()}
    claimed: set[str] = set()
    for one in entries:
        named = [test.partition("::")[::2] for test in one.get("tests", ())]
        claimed |= {file for file, _ in named}
        found += [f"{one['name']}: {gap}" for gap in _gaps_of(one, named, files, functions)]
        found += [f"{one['name']}: no test file says {gap!r}" for gap in _unsaid(one, named, files, answers.refusals)]
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


def _unsaid(
    one: Behaviour, named: Sequence[tuple[str, str]], files: Mapping[str, str], refusals: Mapping[str, str]
) -> Iterator[str]:
    for name in one.get("refusals", ()):
        words = refusals.get(name, name)
        if not any(words in files.get(file, "") for file, _ in named):
            yield words


def _functions(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            yield node.name
