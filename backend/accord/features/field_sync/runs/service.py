"""What an admin does with runs: a back-fill, stop, resume, take back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from accord.core.clock import Clock
from accord.core.errors import ConflictError, NotFoundError, Problem, RejectedError
from accord.core.identity import Identity
from accord.core.ids import MemberId, is_our_id, new_id
from accord.features.field_sync import store as setup_store
from accord.features.field_sync.eyes import Eyes
from accord.features.field_sync.holds import store as holds
from accord.features.field_sync.reasons import SENTENCES, FieldSkip
from accord.features.field_sync.runs import store
from accord.features.field_sync.runs.book import PAGE, RunBook
from accord.features.field_sync.runs.model import Run, RunKind, RunState
from accord.features.field_sync.sync.model import Write
from accord.features.field_sync.undo import store as undo_store
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.sight import Sight
from accord.workspace.members.store import find_member

MOST_KEPT = 100
NO_SUCH_ROW = "There is no such row any more. Load the page again and choose the rows anew."
KEPT = timedelta(days=90)  # so long a run can be undone, and a field says who wrote it


@dataclass(frozen=True, slots=True)
class ShownRun:
    """`held`: how many values it has taken back that are still not written again."""

    run: Run
    started_by: str | None
    held: int = 0


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What taking a run back would cost, and how many writes it would take back at most."""

    writes: int
    calls_at_most: int


@dataclass(frozen=True, slots=True)
class KeptField:
    """A field that was not taken back. The values are None where the admin may not see the field."""

    write: Write
    row_id: str
    sentence: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Runs:
    database: Database
    clock: Clock
    book: RunBook
    eyes: Eyes
    wake: Callable[[], None]

    def start(self, caller: Identity, row_ids: Sequence[str] | None = None) -> ShownRun:
        """Looks at every connected plan, in the lowest priority (D17), for all rows or for these alone.

        Raises ConflictError while syncing is off (SYNC_OFF) or another run goes on (RUN_UNDER_WAY), RejectedError for a
        row that is not there.
        """
        with self.database.workspace(caller.workspace_id) as session:
            if not setup_store.is_on(session, caller.connection_id):
                raise ConflictError("Syncing is off, so there is nothing to fill. Turn it on first.", code="SYNC_OFF")
            self._check_free(session, caller)
            _check_rows(session, caller, row_ids)
            total = self.book.sources.count(session, caller.connection_id)
            run = self._made(session, caller, RunKind.BACK_FILL, total=total, row_ids=row_ids)
        self.wake()
        return self.get(caller, run.id)

    def forget_old(self) -> int:
        """Forgets old values of writes that are 90 days old, in every workspace. For a call every hour."""
        with self.database.system() as session:
            return undo_store.forget_writes(session, self.clock() - KEPT)

    def all(self, caller: Identity) -> list[ShownRun]:
        """The newest first."""
        with self.database.reading(caller.workspace_id) as session:
            return [_shown(session, run) for run in store.load_all(session, caller.connection_id)]

    def get(self, caller: Identity, run_id: str) -> ShownRun:
        """Raises NotFoundError."""
        with self.database.reading(caller.workspace_id) as session:
            return _shown(session, _find(session, caller, run_id))

    def stop(self, caller: Identity, run_id: str) -> ShownRun:
        """Nothing more of it is begun; what is under way at this moment ends. Raises NotFoundError."""
        with self.database.workspace(caller.workspace_id) as session:
            run = _find(session, caller, run_id)
            if run.state is RunState.RUNNING:
                store.set_state(session, run_id, RunState.STOPPED, ended_at=None)
        return self.get(caller, run_id)

    def resume(self, caller: Identity, run_id: str) -> ShownRun:
        """A stopped run goes on where it was. Raises NotFoundError, ConflictError while another run goes on."""
        with self.database.workspace(caller.workspace_id) as session:
            run = _find(session, caller, run_id)
            if run.state is RunState.STOPPED:
                self._check_free(session, caller)
                store.set_state(session, run_id, RunState.RUNNING, ended_at=None)
                self.book.resume(session, run)
        self.wake()
        return self.get(caller, run_id)

    def preview_undo(self, caller: Identity, run_id: str) -> UndoPreview:
        """Raises NotFoundError."""
        with self.database.reading(caller.workspace_id) as session:
            run = _find(session, caller, run_id)
            counts = undo_store.count_writes(session, caller.connection_id, run.id)
        return UndoPreview(sum(counts.values()), sum(2 * ceil(number / PAGE) for number in counts.values()))

    def undo(self, caller: Identity, run_id: str) -> ShownRun:
        """Takes a back-fill back (D16). Syncing goes on; what the run had written is held and not written again.

        Raises NotFoundError, ConflictError for a run that goes on, was taken back already, or takes one back itself.
        """
        with self.database.workspace(caller.workspace_id) as session:
            run = _find(session, caller, run_id)
            self._check_free(session, caller)
            if run.kind is RunKind.UNDO or store.has_undo_of(session, caller.connection_id, run_id):
                raise ConflictError("This run was taken back already, or takes one back itself.", code="NOT_TO_UNDO")
            counts = undo_store.count_writes(session, caller.connection_id, run.id)
            back = self._made(session, caller, RunKind.UNDO, total=sum(counts.values()), of_run=run.id)
        self.wake()
        return self.get(caller, back.id)

    def kept(self, caller: Identity, run_id: str, *, after: str | None) -> tuple[Sequence[KeptField], bool]:
        """What an undo has left alone, with the reason; and whether that is all. Raises NotFoundError."""
        with self.database.reading(caller.workspace_id) as session:
            run = _find(session, caller, run_id)
            of = run.of_run or run.id
            found = undo_store.load_kept(session, caller.connection_id, of, after=after, limit=MOST_KEPT)
        sight = self.eyes.of_writes(caller, [write for write, _ in found])
        kept_fields = [
            KeptField(write, key, SENTENCES[FieldSkip(reason)], is_hidden=not _sees(sight, write, key))
            for write, kept in found
            for key, reason in kept.items()
        ]
        return kept_fields, len(found) < MOST_KEPT

    def _check_free(self, session: WorkspaceSession, caller: Identity) -> None:
        if store.lock_running(session, caller.connection_id):
            raise ConflictError("Another run goes on. Stop it, or wait until it is done.", code="RUN_UNDER_WAY")

    def _made(  # noqa: PLR0913 - the parts of a run, each by its name
        self,
        session: WorkspaceSession,
        caller: Identity,
        kind: RunKind,
        *,
        total: int,
        of_run: str | None = None,
        row_ids: Sequence[str] | None = None,
    ) -> Run:
        now = self.clock()
        run = Run(
            id=new_id(now),
            connection_id=caller.connection_id,
            kind=kind,
            state=RunState.RUNNING,
            total=total,
            started_at=now,
            started_by=caller.member_id,
            of_run=of_run,
            row_ids=None if row_ids is None else tuple(row_ids),
        )
        store.add(session, run)
        self.book.advance(session, caller.connection_id)
        return run


def _find(session: WorkspaceSession, caller: Identity, run_id: str) -> Run:
    run = store.find(session, caller.connection_id, run_id) if is_our_id(run_id) else None
    if run is None:
        raise NotFoundError("run")
    return run


def _check_rows(session: WorkspaceSession, caller: Identity, row_ids: Sequence[str] | None) -> None:
    there = {row.id for row in setup_store.load(session, caller.connection_id).rows}
    problems = tuple(
        Problem(code="INVALID_VALUE", key=f"row_ids.{number}", field="row_ids", message=NO_SUCH_ROW)
        for number, row_id in enumerate(row_ids or ())
        if row_id not in there
    )
    if problems:
        raise RejectedError("Nothing was begun. Correct what is named.", problems=problems)


def _shown(session: WorkspaceSession, run: Run) -> ShownRun:
    held = holds.count(session, run.connection_id, run.id) if run.kind is RunKind.UNDO else 0
    return ShownRun(run, name_of(session, run.started_by), held)


def name_of(session: WorkspaceSession, member_id: MemberId | None) -> str | None:
    """What the member is called; None for nobody, and for one who is no member of the workspace."""
    member = find_member(session, member_id) if member_id is not None else None
    return member.name if member is not None else None


def _sees(sight: Sight, write: Write, key: str) -> bool:
    return sight.sees(write.sobject, write.names[key], write.record_id)
