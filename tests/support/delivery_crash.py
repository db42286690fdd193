"""Runs delivering processes against a running org, and kills them."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accord.core.clock import system_clock
from accord.delivery.outbox import Outbox
from localorg.faults import Fault, FaultKind
from localorg.server import RunningOrg
from support.builders import a_workspace
from support.database import open_database
from support.delivery import a_connection
from support.delivery_plan import Plan, Verdict, judge
from support.running_org import ROOT, a_token

INTEGRATION = "integration@halden.example"
WORKER = ROOT / "tests" / "support" / "delivery_worker.py"
ENDS_WITHIN = 60  # seconds
# a late commit comes after its client has given up and gone on, and before the fence behind it opens
TIMEOUT = 0.8
LATE = 2.8
FENCE = 4.5


@dataclass
class Life:
    """One delivering process. `said` holds its lines; `ready` and `ended` are set by them."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    ready: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("ready"):
                self.ready.set()
        self.process.wait()
        self.ready.set()
        self.ended.set()

    @property
    def committed(self) -> int:
        """How many intents it told to be committed."""
        return max((int(line.split()[1]) for line in self.said if line.startswith("put ")), default=0)


@dataclass
class CrashRun:
    """One plan, delivered by processes that are killed; the org's journal is the witness."""

    running: RunningOrg
    database_url: str
    folder: Path
    name: str
    records: int
    versions: int = 3
    courier: str = ""
    batch_size: int = 10
    script: Path = WORKER
    extra: dict[str, Any] = field(default_factory=dict)  # more of what the script is told
    fence: float = FENCE
    parallel: int = 2
    _lives: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        database = open_database(self.database_url)
        self.workspace_id = a_workspace(database)
        self.connection_id = a_connection(database, self.workspace_id)
        database.close()
        self.plan = Plan(self.name, self.connection_id, self.records, self.versions)
        self.begin = self.running.org.journal.last_seq
        self.committed = 0
        self.kills = 0

    def effects(self) -> int:
        return self.running.org.journal.last_seq - self.begin

    def verdict(self) -> Verdict:
        return judge(self.plan, self.running.org.journal.entries(self.begin))

    @contextmanager
    def life(self, *, last: int, die_at: str = "", die_time: int = 0) -> Iterator[Life]:
        config = self.folder / f"worker-{next(self._lives)}.json"
        config.write_text(json.dumps(self._config(last=last, die_at=die_at, die_time=die_time)), encoding="utf-8")
        paths = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "backend")])
        with (self.folder / "worker.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, str(self.script), str(config)],
                env={**os.environ, "PYTHONPATH": paths},
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        life = Life(process)
        listener = threading.Thread(target=life.listen)
        listener.start()
        try:
            assert life.ready.wait(ENDS_WITHIN)
            yield life
        finally:
            if process.poll() is None:
                process.kill()
            listener.join()
            assert process.stdout is not None
            process.stdout.close()
            self.committed = max(self.committed, life.committed)

    def kill_often(self, kills: int, *, seed: int) -> None:
        """Ends `kills` processes with kill -9, spread over the plan, while they have work in their hands."""
        dice = random.Random(seed)
        for number in range(1, kills + 1):
            share = self.plan.size * number // (kills + 1)
            with self.life(last=min(share + self.plan.size // kills, self.plan.size)) as life:
                self._wait_for_effects(share, life)
                life.ended.wait(dice.uniform(0, 0.08))  # somewhere in a claim, a call or a mark
                if not life.ended.is_set():
                    life.process.send_signal(signal.SIGKILL)
            if life.process.returncode == -signal.SIGKILL:
                self.kills += 1

    def put_all(self) -> None:
        """Puts the whole plan, as a web process would: whoever lives from now on only delivers."""
        database = open_database(self.database_url)
        outbox, intents = Outbox(database.vault), self.plan.intents()
        for start in range(0, len(intents), 100):
            with database.workspace(self.workspace_id) as session:
                outbox.put(session, intents[start : start + 100], now=system_clock())
        database.close()
        self.committed = self.plan.size

    def kill_some_of_many(self, workers: int, kills: int, *, seed: int) -> None:
        """`workers` processes deliver at once; `kills` times one of them ends with kill -9 and another begins."""
        dice = random.Random(seed)
        with ExitStack() as stack:

            def begin() -> Life:
                return stack.enter_context(self.life(last=self.plan.size))

            lives = [begin() for _ in range(workers)]
            for number in range(1, kills + 1):
                successor = begin()  # now, for it takes a while until it delivers
                self._wait_for_effects(self.plan.size * number // (kills + 1), lives[0])
                victim = lives.pop(dice.randrange(len(lives)))
                victim.ended.wait(dice.uniform(0, 0.05))  # somewhere in a claim, a call or a mark
                if not victim.ended.is_set():
                    victim.process.send_signal(signal.SIGKILL)
                    self.kills += 1
                lives.append(successor)
            for life in lives:
                assert life.ended.wait(ENDS_WITHIN), "the queue did not drain"
                assert "drained" in life.said, (self.folder / "worker.log").read_text()[-3000:]

    def finish(self) -> None:
        """One last life, that nobody disturbs. Raises when it does not drain the queue in time."""
        with self.life(last=self.plan.size) as life:
            assert life.ended.wait(ENDS_WITHIN), "the queue did not drain"
        assert life.process.returncode == 0, (self.folder / "worker.log").read_text()[-3000:]
        assert "drained" in life.said

    def _wait_for_effects(self, wanted: int, life: Life) -> None:
        while self.effects() < wanted and not life.ended.is_set():
            self.running.org.journal.wait(self.running.org.journal.last_seq, 0.05)

    def _config(self, **life: Any) -> dict[str, Any]:
        user = self.running.org.users.by_username(INTEGRATION)
        assert user is not None
        return {
            "database_url": self.database_url,
            "workspace_id": self.workspace_id,
            "connection_id": self.connection_id,
            "org_id": self.running.org.id,
            "user_id": user.id,
            "instance_url": self.running.https_base,
            "token": a_token(self.running, INTEGRATION),
            "ca_file": str(self.running.ca_file),
            "plan": self.name,
            "records": self.records,
            "versions": self.versions,
            "courier": self.courier,
            "batch_size": self.batch_size,
            "parallel": self.parallel,
            "lease": 1.0,
            "timeout": TIMEOUT,
            "fence": self.fence,
            "first": self.committed,
            **self.extra,
            **life,
        }


def lose_answers(running: RunningOrg, *, rate: float, seed: int) -> None:
    """Cuts that share of the writing calls before, and as many after, the org has done the work."""
    for kind in (FaultKind.RESET_AFTER, FaultKind.RESET_BEFORE):
        running.faults.arm(Fault(kind=kind, path="/composite", rate=rate, seed=seed + len(kind)))


def commit_late(running: RunningOrg, *, rate: float, seed: int, count: int | None = None) -> None:
    """That share of the writing calls is carried out after its client has given up."""
    late = Fault(
        kind=FaultKind.LATE_COMMIT, path="/composite", rate=rate, seed=seed, count=count, delay_ms=int(LATE * 1000)
    )
    running.faults.arm(late)


def wait_for_the_late(running: RunningOrg) -> None:
    """Until nothing has been committed for as long as the latest commit takes."""
    seen = -1
    while running.org.journal.last_seq != seen:
        seen = running.org.journal.last_seq
        running.org.journal.wait(seen, LATE)


def faults_hit(running: RunningOrg) -> dict[str, int]:
    return {report["kind"]: report["hits"] for report in running.faults.report()}
