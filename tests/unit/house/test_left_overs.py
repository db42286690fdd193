"""What must not be in the repository: unfinished work, machine paths, oversized files."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CODE = {".py", ".js", ".mjs", ".html", ".css", ".cls", ".sh"}
LIMITS = {"backend": 300, "force-app": 300, "lwc_components": 300, "tests": 400}


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def code_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix in CODE and path != Path(__file__)]


def test_nothing_is_left_to_do_in_the_code():
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    found = [str(path.relative_to(ROOT)) for path in code_files() if words.search(path.read_text())]

    assert found == []


def test_no_test_is_skipped_or_sleeps():
    words = re.compile(r"pytest\.skip|mark\.skip|mark\.xfail|importorskip|time\.sleep\(|\b(it|test|describe)\.skip\(")
    found = [
        str(path.relative_to(ROOT))
        for path in code_files()
        if path.is_relative_to(ROOT / "tests") or "__tests__" in path.parts
        if words.search(path.read_text())
    ]

    assert found == []


def test_no_path_of_one_machine_and_no_package_host_is_named():
    words = re.compile(
        r"/home/\w+/|/root/|/work/|/Users/\w+/|index-url|\"resolved\":|registry\.npmjs|files\.pythonhosted"
    )
    texts = [path for path in tracked_files() if path.suffix not in {".png", ".ico"} and path != Path(__file__)]
    found = [str(path.relative_to(ROOT)) for path in texts if words.search(path.read_text(errors="replace"))]

    assert found == []


@pytest.mark.parametrize("folder", LIMITS)
def test_no_file_grows_past_what_one_reads_in_one_go(folder):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in code_files()
        if path.is_relative_to(ROOT / folder) and "versions" not in path.parts  # migrations are drafted by alembic
        if (lines := len(path.read_text().splitlines())) > LIMITS[folder]
    }

    assert long == {}
