"""Removes what was built and the demo's data. Refuses while the demo runs on them."""

import fcntl
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def is_in_use(lock: Path) -> bool:
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def main() -> int:
    if is_in_use(ROOT / "var" / "accord.db.lock"):
        print("Accord is running on the data in the folder var. Stop it first (Ctrl-C where it was started).")
        return 1
    for folder in ("build", "var"):
        shutil.rmtree(ROOT / folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
