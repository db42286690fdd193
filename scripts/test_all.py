"""Everything that `make test` runs, step by step, with the network shut where the machine allows it.

Each step's output is shown when it fails; the last lines say what ran, how long it took and what failed.
usage: test_all.py [--fast]
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# Debian keeps servers where the PATH of a person who is not root does not look
PROGRAMS = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
STORY = "tests/browser/test_first_story.py"  # it holds seconds to what was promised: never beside two others
REQUIRED = {
    "java": ("java", "checks the Apex classes", "apt-get install default-jre-headless"),
    "nginx": ("nginx", "stands in front of the web as in production", "apt-get install nginx-light"),
    "browser": ("chromium", "shows the panel to the browser tests", "apt-get install chromium fonts-liberation"),
}


@dataclass(frozen=True)
class Step:
    """`one_core`: it uses one, so that two of its kind run side by side."""

    name: str
    command: tuple[str, ...]
    fast: bool = True
    one_core: bool = False


def steps() -> list[Step]:
    python, npm = str(BIN / "python"), str(BIN / "npm")
    pytest = (python, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal")  # long tests stand beside short ones
    # much of what tests with processes do is waiting for them: a third one fills the cores
    three = tuple("3" if word == "2" else word for word in pytest)
    return [
        Step("the story of a new user", (python, "-m", "pytest", "-q", STORY), fast=False, one_core=True),
        Step("Python types", (python, "-m", "mypy"), one_core=True),
        Step("components: Jest", (npm, "run", "--silent", "test"), one_core=True),
        Step("Python format", (str(BIN / "ruff"), "format", "--check", "-q", "."), one_core=True),
        Step("Python lint", (str(BIN / "ruff"), "check", "-q", "."), one_core=True),
        Step("import contracts", (str(BIN / "lint-imports"), "--no-cache"), one_core=True),
        Step("components: lint", (npm, "run", "--silent", "lint"), one_core=True),
        Step("components: format", (npm, "run", "--silent", "format:check"), fast=False, one_core=True),
        Step("package checks", (npm, "run", "--silent", "test:scripts"), one_core=True),
        Step("Salesforce metadata", (npm, "run", "--silent", "check:metadata"), fast=False, one_core=True),
        Step("Apex", (npm, "run", "--silent", "check:apex"), fast=False, one_core=True),
        Step("unit tests", (*pytest, "tests/unit")),
        Step(
            "fault, integration, contract and acceptance tests",
            (
                *three,
                "-m",
                "not recorded",
                *(f"tests/{kind}" for kind in ("faults", "integration", "contract", "acceptance")),
            ),
            fast=False,
        ),
        Step("browser tests", (*three, "--deselect", STORY, "tests/browser"), fast=False),
    ]


def shut_network() -> list[str]:
    """The prefix that runs a command without a network but with loopback, where this machine allows it."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if unshare is None or ip is None:
        return []
    prefix = [unshare, "-n"] if os.geteuid() == 0 else [unshare, "-rn"]
    inside = [*prefix, "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    works = subprocess.run([*inside, "true"], capture_output=True, check=False).returncode == 0
    return inside if works else []


def missing_programs() -> list[str]:
    found = []
    for name, purpose, remedy in REQUIRED.values():
        names = (name, "google-chrome", "chrome") if name == "chromium" else (name,)
        mac = Path("/Applications/Google Chrome.app").exists() and name == "chromium"
        if not mac and not any(shutil.which(one, path=PROGRAMS) for one in names):
            found.append(f"  - {name}: {purpose}. Debian: {remedy}")
    if shutil.which("initdb") is None and not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        found.append("  - PostgreSQL: the second engine of the tests. Debian: apt-get install postgresql")
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--fast", action="store_true", help="the subset that takes about a minute")
    fast = parser.parse_args().fast
    missing = [] if fast else missing_programs()
    if missing:
        print("The tests need programs that this machine lacks:", *missing, sep="\n")
        return 2
    prefix = shut_network()
    print(
        "The network is shut for the tests."
        if prefix
        else "The network cannot be shut here: the tests run with it open."
    )
    chosen = [step for step in steps() if step.fast or not fast]
    began = time.monotonic()
    beside, alone = [step for step in chosen if step.one_core], [step for step in chosen if not step.one_core]
    with ThreadPoolExecutor(max_workers=2) as pairs:
        passed = list(pairs.map(lambda step: run(step, prefix), beside))
    failed = [step.name for step, good in zip(beside, passed, strict=True) if not good]
    failed += [step.name for step in alone if not run(step, prefix)]
    print(f"\n{time.monotonic() - began:.0f} s" + (f"; failed: {', '.join(failed)}" if failed else ""))
    print(f"{len(chosen) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def run(step: Step, prefix: list[str]) -> bool:
    """Runs one step and says what came of it; its output is shown when it failed."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    # the tests start our programs a hundred times: what is compiled is kept, whatever the caller's shell says
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.monotonic()
    print(f"▶ {step.name} …", flush=True)
    answer = subprocess.run(
        [*prefix, *step.command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    took = f"{time.monotonic() - started:.0f} s"
    lines = answer.stdout.strip().splitlines()
    passed = answer.returncode == 0
    shown = (
        f"✓ {step.name} ({took})  {lines[-1] if lines else ''}"
        if passed
        else f"{answer.stdout}\n✗ {step.name} ({took})"
    )
    print(shown, flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
