"""Makes the table of docs/benchmarks.md from the kept results; goals.py says what stands in it.

usage: python benchmarks/table.py
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from goals import ROWS

ROOT: Final = Path(__file__).resolve().parents[1]
RESULTS: Final = ROOT / "benchmarks" / "results"
PAGE: Final = ROOT / "docs" / "benchmarks.md"
BEGIN: Final = "<!-- made by benchmarks/table.py -->\n"
END: Final = "<!-- end of what is made -->\n"


def kept_results() -> list[dict[str, Any]]:
    return [json.loads(line) for file in sorted(RESULTS.glob("*.jsonl")) for line in file.read_text().splitlines()]


def table() -> str:
    """The table with what it was measured on. Raises KeyError for a row that no kept result has."""
    results = kept_results()
    found = {(result["benchmark"], result["case"], result["engine"]): result for result in results}
    machines = sorted({_machine(result["machine"]) for result in results})
    lines = [
        "| what | engine | measured | goal | | commit, foreign CPU |",
        "|---|---|---|---|---|---|",
        *(row.line(found[row.benchmark, row.case, engine]) for row in ROWS for engine in row.engines),
    ]
    return "\n".join([*machines, "", *lines, ""])


def _machine(machine: Mapping[str, Any]) -> str:
    programs = ", ".join(f"{name} {machine[name]}" for name in ("python", "node", "sqlite", "postgresql"))
    return f"Measured on {machine['cores']} cores of {machine['cpu']}, {machine['system']}; {programs}."


def page_with(text: str, made: str) -> str:
    """The page with what is made in its place."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{made}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page_with(PAGE.read_text(), table()))
