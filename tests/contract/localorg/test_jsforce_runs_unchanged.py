"""jsforce, a client that nobody here wrote, against the running org (its package as published, over HTTP)."""

import json
import shutil
import subprocess
from pathlib import Path

from support.running_org import ADMIN, ROOT, a_running_org, a_token

SCRIPT = Path(__file__).with_name("jsforce_client.mjs")


def node() -> str:
    beside = ROOT / ".venv" / "bin" / "node"
    found = str(beside) if beside.exists() else shutil.which("node")
    assert found is not None
    return found


def test_jsforce_reads_writes_and_identifies_itself(tmp_path: Path) -> None:
    with a_running_org(tmp_path) as running:
        token = a_token(running)
        done = subprocess.run(
            [node(), str(SCRIPT), running.http_base, token], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        seen = json.loads(done.stdout)
        left = [row["Subject"] for row in running.org.records.all("Task")]

    assert seen == {
        "query": {
            "total": 4,
            "done": True,
            "first": "Corvane – QC line, 12 chromatographs",  # noqa: RUF001
            "account": "Corvane Pharma",
        },
        "created": True,
        "updated": True,
        "upserted": {"first": True, "created": True, "again": False},
        "several": [True, False],
        "refusal": "STRING_TOO_LONG",
        "retrieved": ["By jsforce", "Upserted by jsforce"],
        "status": "Completed",
        "described": True,
        "objects": True,
        "removed": [True, True],
        "identity": {"username": ADMIN, "organization": running.org.id},
        "limits": "number",
        "usage": 100_000,
        "queryRefusal": "INVALID_FIELD",
    }
    assert left.count("Upserted by jsforce") == 1
