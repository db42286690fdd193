"""What the program imports is what `make run` installs; a test environment hides what is missing."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[3]


def named(file: str) -> set[str]:
    """Packages of a requirements file, by their normal names."""
    lines = (ROOT / "requirements" / file).read_text().splitlines()
    found = {re.split(r"[\[<>=! ;]", line)[0] for line in lines if line and line[0].isalnum()}
    return {name.lower().replace("_", "-") for name in found}


def imported() -> set[str]:
    """Top names of everything that backend/ imports, also inside functions."""
    names: set[str] = set()
    for path in (ROOT / "backend").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"accord", "localorg", "_typeshed"}


def test_every_import_of_the_program_is_locked_for_running():
    providers = packages_distributions()
    locked = named("runtime.lock")
    missing = {
        name
        for name in imported()
        if not {provider.lower().replace("_", "-") for provider in providers.get(name, ())} & locked
    }

    assert missing == set()


def test_the_two_locks_agree():
    def versions(file: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / "requirements" / file).read_text(), re.MULTILINE))

    runtime, test = versions("runtime.lock"), versions("test.lock")

    assert runtime.items() <= test.items()


def test_every_package_in_a_lock_has_hashes():
    for file in ("runtime.lock", "test.lock"):
        text = (ROOT / "requirements" / file).read_text()
        for entry in re.split(r"\n(?=\w)", text):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]
