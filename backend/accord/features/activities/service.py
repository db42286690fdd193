"""Activity in, Tasks out: checked, remembered and put into the outbox in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from accord.core.clock import Clock
from accord.core.flow import ActivityItem, FlowOutcome, FlowResult
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, IntentId, UserId, external_id, new_id
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.features.activities import rules, store
from accord.features.activities.model import Activity, Author
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.members.store import find_by_user

MOST_ITEMS = 200
# does this member have a Salesforce login of his own? The connections feature knows; the root passes it in.
HasLogin = Callable[[WorkspaceSession, Member], bool]


@dataclass(frozen=True, slots=True)
class Activities:
    database: Database
    clock: Clock
    outbox: Outbox
    has_login: HasLogin
    wake: Callable[[], None]  # tells the worker that there is something new

    def log(self, caller: Identity, items: Sequence[ActivityItem]) -> Sequence[FlowResult]:
        """Logs each item by itself, in order; one that is refused or skipped changes nothing for the others.

        An accepted item is durable when this returns. A repeat (same idempotency key, or same content when no key is
        given) gets the first answer again.
        """
        with self.database.workspace(caller.workspace_id) as session:
            results = [self._log(session, caller, item) for item in items]
        self.wake()
        return results

    def _log(self, session: WorkspaceSession, caller: Identity, item: ActivityItem) -> FlowResult:
        now = self.clock()
        checked = rules.check(item, activity_id=new_id(now), connection_id=caller.connection_id, now=now)
        if isinstance(checked, FlowResult):
            return checked
        author, zone = self._author(session, caller.connection_id, checked)
        if item.dry_run:
            return rules.skipped(
                f"Dry run: the Task '{rules.subject(checked)}' would be written by "
                f"{'the acting user' if author.member_id else 'the integration owner'} ({author.reason})."
            )
        if not store.claim_key(session, caller.connection_id, checked, now=now):
            return self._repeat(session, caller.connection_id, checked)
        self.outbox.put(session, [_intent(caller.connection_id, checked, author, zone)], now=now)
        return FlowResult(FlowOutcome.QUEUED, reference_id=checked.id)

    def _repeat(self, session: WorkspaceSession, connection_id: ConnectionId, activity: Activity) -> FlowResult:
        first_id, first_hash = store.holder_of(session, connection_id, activity.idempotency_key)
        if first_hash != activity.content_hash:
            return rules.refused(
                "KEY_REUSED",
                "This idempotencyKey was used before for another activity.",
                "Use one key for one activity; a repeat must be the same in every field.",
            )
        return FlowResult(FlowOutcome.QUEUED, reference_id=first_id)

    def _author(
        self, session: WorkspaceSession, connection_id: ConnectionId, activity: Activity
    ) -> tuple[Author, ZoneInfo]:
        member = self._member(session, connection_id, activity.actor_user_id)
        known = None if member is None else (member.id, self.has_login(session, member))
        author = rules.decide_author(activity, member=known)
        zone = ZoneInfo((member.time_zone if member and author.member_id else "") or "UTC")
        return author, zone

    @staticmethod
    def _member(session: WorkspaceSession, connection_id: ConnectionId, user_id: UserId | None) -> Member | None:
        return None if user_id is None else find_by_user(session, connection_id, user_id)


def _intent(connection_id: ConnectionId, activity: Activity, author: Author, zone: ZoneInfo) -> Intent:
    return Intent(
        id=IntentId(activity.id),
        connection_id=connection_id,
        sobject="Task",
        external_id_field=rules.KEY_FIELD,
        external_id=external_id(connection_id, "activity", activity.id),
        fields=rules.task_fields(activity, author, zone),
        create_only=rules.CREATE_ONLY,
        creates=True,
        login_member_id=author.member_id,
        login_reason=str(author.reason),
        entity=f"activity:{activity.id}",
        kind=str(activity.kind),
        occurred_at=activity.occurred_at,
    )
