"""What an admin does with the settings of activity: look, change, and see the very Task of a sample."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from accord.core.clock import Clock
from accord.core.flow import ActivityItem, FlowResult
from accord.core.identity import Identity
from accord.core.ids import new_id
from accord.features.activities import folding, rules, store
from accord.features.activities.model import Activity, ActivitySettings, Author, Fold, Folding, Happened
from accord.features.activities.service import Authors
from accord.features.activities.settings_rules import check_settings
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.settings.store import Change


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sample becomes: the fields of its Task and whose login writes it, or why there is none."""

    refusal: FlowResult | None
    task: dict[str, Any] | None
    author: Author | None


@dataclass(frozen=True, slots=True)
class ActivitySetup:
    database: Database
    clock: Clock
    authors: Authors
    # the status that closes a Task in the caller's org; may raise what a gateway raises
    closed_status: Callable[[Identity], str]
    # reads anew where the owners of Tasks live; raises nothing
    read_zones: Callable[[Identity], object]

    def load(self, caller: Identity) -> ActivitySettings:
        with self.database.reading(caller.workspace_id) as session:
            return store.load_settings(session, caller.connection_id)

    def save(self, caller: Identity, new: ActivitySettings) -> ActivitySettings:
        """Stores the settings; `new.version` is the version that was changed.

        Raises RejectedError that names each wrong field, OutdatedError when somebody else has changed them meanwhile.
        """
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return replace(new, version=new.version + 1)

    def prepare(self, caller: Identity, new: ActivitySettings, *, reason: Reason = CHANGED) -> Prepared:
        """The settings, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        checked = check_settings(new)

        def keep(session: WorkspaceSession) -> str:
            change = Change(checked, caller.member_id, self.clock(), reason)
            return store.SETTINGS.change(session, caller.connection_id, change)

        # before the first Task goes out
        return Prepared(keep, afterwards=lambda: _ignored(self.read_zones(caller)))

    def preview(self, caller: Identity, item: ActivityItem, *, new: ActivitySettings | None, times: int) -> Preview:
        """The very Task that this sample becomes when it happens `times` times in one window; nothing is written.

        `new` are settings that are not saved yet; activity counts as on. Raises RejectedError for wrong ones.
        """
        with self.database.reading(caller.workspace_id) as session:
            settings = store.load_applied(session, caller.connection_id, unsaved=check_settings(new) if new else None)
            settings = replace(settings, enabled=True)
            now = self.clock()
            terms = rules.Terms(caller.connection_id, settings, now)
            checked = rules.check(item, terms, activity_id=new_id(now))
            if isinstance(checked, FlowResult):
                return Preview(checked, None, None)
            author, who = self.authors.of(session, caller.connection_id, checked, settings)
        task = _task(checked, author, who, settings=settings, times=times)
        return Preview(None, {**task, "Status": self.closed_status(caller)}, author)


def _ignored(_found: object) -> None:
    """What was found is kept by who has found it."""


def _task(activity: Activity, author: Author, who: str, *, settings: ActivitySettings, times: int) -> dict[str, Any]:
    kind = settings.kinds[activity.kind]
    task = rules.task_fields(activity, author, kind)
    if times == 1 or kind.folding is Folding.NONE:
        return task
    one = folding.happened(activity, who)
    lines: tuple[Happened, ...] = (one,)
    for _ in range(times - 1):
        lines = folding.keep(lines, one)
    fold = Fold(
        id=activity.id,
        kind=activity.kind,
        started_at=activity.occurred_at,
        time_zone=author.time_zone,
        count=times,
        happened=lines,
        member_id=author.member_id,
        login_reason=str(author.reason),
    )
    return {**task, **folding.folded_fields(fold, kind)}
