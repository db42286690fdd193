"""Runs delivering processes against a running org, and kills them."""

import importlib
import multiprocessing
import os
import random
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from accord.core.clock import system_clock
from accord.delivery.outbox import Outbox
from accord.infra.telemetry import set_up_logs
from localorg.faults import Fault, FaultKind
from localorg.server import RunningOrg
from support.builders import a_workspace
from support.database import open_database
from support.delivery import a_connection
from support.delivery_plan import Plan, Verdict, judge
from support.running_org import ROOT, a_token

INTEGRATION = "integration@halden.example"
WORKER = "support.delivery_worker"
ENDS_WITHIN = 120  # seconds
SHORT = 0.3  # seconds: a fence where nothing commits late
PATIENT = 30.0  # seconds: and no client gives up there because the machine is slow
# a late commit comes after its client has given up and gone on, and before the fence behind it opens
TIMEOUT = 0.8
LATE = 2.8
FENCE = 4.5

# lives are forked off a process that has imported everything: the next one begins in milliseconds
_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload([__name__, WORKER, "support.folding_worker"])


def open_nursery() -> None:
    """Starts the process that lives are forked off; it finds what it imports by the environment alone."""
    paths = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "backend")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", paths)
        forkserver.ensure_running()


def live(script: str, config: Mapping[str, Any], lines: Connection, log: Path) -> None:
    """What a life does: the `main` of a module, with its lines going to the test and its log to a file."""
    os.dup2(lines.fileno(), 1)
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 2)
    set_up_logs("info")
    importlib.import_module(script).main(config)


@dataclass
class Life:
    """One delivering process. `said` holds its lines; `ready` and `ended` are set by them."""

    process: ForkServerProcess
    lines: Connection
    said: list[str] = field(default_factory=list)
    ready: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        with os.fdopen(os.dup(self.lines.fileno())) as lines:
            for line in lines:
                self.said.append(line.strip())
                if line.startswith("ready"):
                    self.ready.set()
        self.process.join()
        self.ready.set()
        self.ended.set()

    @property
    def was_killed(self) -> bool:
        return self.process.exitcode == -signal.SIGKILL

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
    script: str = WORKER
    extra: dict[str, Any] = field(default_factory=dict)  # more of what the script is told
    fence: float = SHORT
    timeout: float = PATIENT
    parallel: int = 2

    def __post_init__(self) -> None:
        open_nursery()
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
    def life(self, *, last: int, die_at: str = "", die_time: int = 0, ends: bool = True) -> Iterator[Life]:
        """`ends`: by itself, when all is delivered; if not, it waits to be killed."""
        config = self._config(last=last, die_at=die_at, die_time=die_time, ends=ends)
        said, lines = _nursery.Pipe(duplex=False)
        process = _nursery.Process(target=live, args=(self.script, config, lines, self.folder / "worker.log"))
        process.start()
        lines.close()
        life = Life(process, said)
        listener = threading.Thread(target=life.listen)
        listener.start()
        try:
            assert life.ready.wait(ENDS_WITHIN)
            yield life
        finally:
            process.kill()
            listener.join()
            said.close()
            self.committed = max(self.committed, life.committed)

    def kill_often(self, kills: int, *, seed: int) -> None:
        """Ends `kills` processes with kill -9, spread over the plan, while they have work in their hands.

        There is always more work than what the dead have claimed, so that nobody waits for their leases to end.
        """
        ahead = 4 * self.plan.size // kills
        dice = random.Random(seed)
        for number in range(1, kills + 1):
            share = self.plan.size * number // (kills + 1)
            # what a cheat has lost never happens: its lives end by themselves
            with self.life(last=min(share + ahead, self.plan.size), ends=bool(self.courier)) as life:
                self._wait_for_effects(share, life)
                life.ended.wait(dice.uniform(0, 0.08))  # somewhere in a claim, a call or a mark
                self.kill(life)

    def kill(self, life: Life) -> None:
        life.process.kill()
        life.ended.wait()
        self.kills += life.was_killed

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
                self.kill(victim)
                lives.append(successor)
            for life in lives:
                assert life.ended.wait(ENDS_WITHIN), "the queue did not drain"
                assert "drained" in life.said, (self.folder / "worker.log").read_text()[-3000:]

    def finish(self) -> None:
        """One last life, that nobody disturbs. Raises when it does not drain the queue in time."""
        with self.life(last=self.plan.size) as life:
            assert life.ended.wait(ENDS_WITHIN), "the queue did not drain"
        assert life.process.exitcode == 0, (self.folder / "worker.log").read_text()[-3000:]
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
            "timeout": self.timeout,
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
