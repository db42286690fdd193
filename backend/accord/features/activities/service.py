"""Activity in, Tasks out: checked, remembered and put into the outbox in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from accord.core.clock import Clock
from accord.core.flow import ActivityItem, FlowResult
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, IntentId, UserId, external_id, new_id
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.features.activities import rules, store
from accord.features.activities.model import Activity, Actor, Author
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.members.store import find_by_user

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
        """Logs each item by itself; one that is refused or skipped changes nothing for the others. Answers in order.

        An accepted item is durable when this returns. A repeat (same idempotency key, or same content when no key is
        given) within rules.REPEATS_COUNT_FOR of the first gets the first answer again; a later one is a new activity.
        """
        now = self.clock()
        checked = [
            rules.check(item, activity_id=new_id(now), connection_id=caller.connection_id, now=now) for item in items
        ]
        answers = [one if isinstance(one, FlowResult) else None for one in checked]
        # keys are taken in one order everywhere, so that two calls with the same keys never wait for each other
        accepted = [(place, one) for place, one in enumerate(checked) if isinstance(one, Activity)]
        accepted.sort(key=lambda placed: placed[1].idempotency_key)
        with self.database.workspace(caller.workspace_id) as session:
            intents: dict[int, Intent] = {}
            for place, activity in accepted:
                author, zone = self._author(session, caller.connection_id, activity)
                if items[place].dry_run:
                    answers[place] = rules.dry_run(activity, author)
                    continue
                over = now - rules.REPEATS_COUNT_FOR
                holder = store.take_key(session, caller.connection_id, activity, now=now, over=over)
                answers[place] = rules.answer(activity, holder)
                if holder.activity_id == activity.id:
                    intents[place] = _intent(caller.connection_id, activity, author, zone)
            self.outbox.put(session, [intents[place] for place in sorted(intents)], now=now)
        self.wake()
        return [one for one in answers if one is not None]

    def forget_old(self, now: datetime) -> int:
        """Deletes the keys whose repeats count no more, in every workspace; says how many. For a call every hour."""
        with self.database.system() as session:
            return store.forget_taken(session, now - rules.REPEATS_COUNT_FOR)

    def _author(
        self, session: WorkspaceSession, connection_id: ConnectionId, activity: Activity
    ) -> tuple[Author, ZoneInfo]:
        member = self._member(session, connection_id, activity.actor_user_id)
        actor = None if member is None else Actor(member.id, has_login=self.has_login(session, member))
        author = rules.decide_author(activity, actor)
        # the owner's day is what counts; the integration owner has none that means anything
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
