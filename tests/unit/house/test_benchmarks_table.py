"""The figures in the docs are those of kept runs, and none is written by hand."""

import subprocess
import sys
from pathlib import Path

import pytest
from goals import Row
from table import PAGE, kept_results, page_with, table

ROOT = Path(__file__).parents[3]


def test_the_table_in_the_docs_is_made_from_the_kept_results():
    page = PAGE.read_text()

    assert page == page_with(page, table())


def test_a_kept_result_says_what_it_depends_on():
    for result in kept_results():
        assert {"benchmark", "case", "engine", "at", "commit", "machine", "foreign_load", "figures"} == result.keys()
        assert result["machine"].keys() == {"cpu", "cores", "system", "python", "node", "sqlite", "postgresql"}
        assert result["foreign_load"].keys() == {"load_average_before", "cpu_before", "cpu_during"}


@pytest.mark.parametrize(("measured", "told"), [(5.1, "met"), (5.2, "missed: one process of 0.2 ms")])
def test_what_falls_short_is_said_with_its_reason(measured, told):
    row = Row(
        what="Calls", figure="calls", goal=("≤", 5.1), why="one process of {cpu} ms", benchmark="calls", case="updates"
    )
    foreign = {"load_average_before": 0.2, "cpu_before": 0.0, "cpu_during": 0.04}
    result = {
        "engine": "sqlite",
        "commit": "abc1234",
        "foreign_load": foreign,
        "figures": {"calls": measured, "cpu": 0.2},
    }

    assert row.line(result) == f"| Calls | SQLite | {measured} | ≤ 5.1 | {told} | abc1234, 4% |"


def test_what_is_missed_has_a_reason():
    assert [line for line in table().splitlines() if "| missed:  |" in line] == []


@pytest.mark.parametrize("name", ["calls", "write_rate", "panel", "intake", "claims"])
def test_a_benchmark_says_how_it_is_used(name):
    said = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / f"{name}.py", "--help"], capture_output=True, text=True, check=True
    )

    assert f"usage: python benchmarks/{name}.py" in said.stdout
