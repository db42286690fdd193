"""Each import contract catches a planted violation; a contract that cannot fail holds nothing."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
# contract -> (module that breaks it, the line that does)
PLANTED = {
    "staircase": ("accord/core/clock.py", "import accord.infra.db.vault"),
    "features": ("accord/features/panels/service.py", "import accord.features.activities.rules"),
    "org-apart": ("localorg/org.py", "import accord.core.ids"),
    "product-apart": ("accord/features/panels/service.py", "import localorg.org"),
    "pure": ("accord/features/panels/rules.py", "import sqlalchemy"),
    "one-client": ("accord/features/panels/service.py", "import simple_salesforce"),
    "database": ("accord/features/panels/service.py", "import sqlalchemy"),
    "web": ("accord/features/panels/service.py", "import flask"),
}


def broken_contracts(root: Path) -> str:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", root / "pyproject.toml"]
    answer = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(root / "backend")}
    )
    return answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory):
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(ROOT / "backend", root / "backend", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return root


def test_every_contract_has_its_planted_violation():
    assert set(PLANTED) == set(CONTRACTS)


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_its_contract(contract, copy_of_the_house):
    module, line = PLANTED[contract]
    planted = copy_of_the_house / "backend" / module
    before = planted.read_text()
    planted.write_text(f"{line}\n{before}")

    try:
        report = broken_contracts(copy_of_the_house)
    finally:
        planted.write_text(before)

    assert f"{CONTRACTS[contract]} BROKEN" in " ".join(report.split())
