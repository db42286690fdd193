"""Activity in, Tasks out: checked, remembered and put into the outbox in one transaction."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from accord.core.clock import Clock
from accord.core.flow import ActivityItem, FlowResult
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, IntentId, MemberId, new_id
from accord.delivery.foregone.model import Foregone
from accord.delivery.foregone.store import note_foregone
from accord.delivery.model import Intent
from accord.delivery.outbox import Outbox
from accord.delivery.parts import Part
from accord.delivery.records.service import note_records
from accord.features.activities import rules, store
from accord.features.activities.folding import FOLDS_KEPT, folded_fields, would_fold
from accord.features.activities.folds import Folds
from accord.features.activities.linking import store as awaited
from accord.features.activities.model import Activity, ActivitySettings, Actor, Author, Fold, Folding
from accord.infra.db import Database, WorkspaceSession
from accord.workspace.members.model import Member
from accord.workspace.members.store import find_by_user

# does this member have a Salesforce login of his own? The connections feature knows; the root passes it in.
HasLogin = Callable[[WorkspaceSession, Member], bool]
# is told of members whose Tasks the integration owner writes because they have no login of their own
OnNameless = Callable[[WorkspaceSession, ConnectionId, Collection[MemberId]], None]


@dataclass(frozen=True, slots=True)
class Authors:
    """Finds whose login writes a Task."""

    has_login: HasLogin

    def of(
        self, session: WorkspaceSession, connection_id: ConnectionId, activity: Activity, settings: ActivitySettings
    ) -> tuple[Author, str]:
        """The author, and the name of the actor where he is a member."""
        user_id = activity.actor_user_id
        member = None if user_id is None else find_by_user(session, connection_id, user_id)
        actor = None if member is None else Actor(member.id, self.has_login(session, member), member.time_zone)
        author = rules.decide_author(activity, actor, owner_time_zone=settings.owner_time_zone)
        return author, "" if member is None else member.name


@dataclass(frozen=True, slots=True)
class Activities:
    database: Database
    clock: Clock
    outbox: Outbox
    authors: Authors
    folds: Folds
    wake: Callable[[], None]  # tells the worker that there is something new
    on_nameless: OnNameless

    def log(self, caller: Identity, items: Sequence[ActivityItem]) -> Sequence[FlowResult]:
        """Logs each item by itself; one that is refused or skipped changes nothing for the others. Answers in order.

        An accepted item is durable when this returns. A repeat (same idempotency key, or same content when no key is
        given) within rules.REPEATS_COUNT_FOR of the first gets the first answer again; a later one is a new activity.
        """
        now = self.clock()
        with self.database.workspace(caller.workspace_id) as session:
            answers = self.log_in(session, caller.connection_id, items, now=now)
        self.wake()
        return answers

    def log_in(
        self, session: WorkspaceSession, connection_id: ConnectionId, items: Sequence[ActivityItem], *, now: datetime
    ) -> Sequence[FlowResult]:
        """The same in the transaction of whoever calls, who wakes the worker when it is committed."""
        settings = store.load_applied(session, connection_id)
        terms = rules.Terms(connection_id, settings, now)
        checked = [rules.check(item, terms, activity_id=new_id(now)) for item in items]
        if not settings.enabled:
            note_foregone(session, connection_id, _foregone(items, terms))
        answers = [one if isinstance(one, FlowResult) else None for one in checked]
        # keys are taken in one order everywhere, so that two calls with the same keys never wait for each other
        accepted = [(place, one) for place, one in enumerate(checked) if isinstance(one, Activity)]
        accepted.sort(key=lambda placed: placed[1].idempotency_key)
        new: dict[int, Activity] = {}
        for place, activity in accepted:
            if items[place].dry_run:
                author, _ = self.authors.of(session, connection_id, activity, settings)
                answers[place] = rules.dry_run(activity, author, settings.kinds[activity.kind])
                continue
            over = now - rules.REPEATS_COUNT_FOR
            holder = store.take_key(session, connection_id, activity, now=now, over=over)
            answers[place] = rules.answer(activity, holder)
            if holder.activity_id == activity.id:
                new[place] = activity
        places = [(one.opportunity_id, one.kind) for one in new.values()]
        store.lock_folds(session, connection_id, places, now=now)
        decided = [self._decide(session, terms, new[place]) for place in sorted(new)]
        nameless = {author.nameless for _, author in decided if author.nameless is not None}
        if nameless:
            self.on_nameless(session, connection_id, nameless)
        # all at once, because the outbox locks records in an order of its own
        self.outbox.put(session, [intent for intent, _ in decided], now=now)
        deals = {IntentId(one.id): one.opportunity_id for one in new.values()}
        note_records(session, connection_id, deals, now=now)
        return [one for one in answers if one is not None]

    def _decide(self, session: WorkspaceSession, terms: rules.Terms, activity: Activity) -> tuple[Intent, Author]:
        """The Task of an activity, or the change of the Task that it repeats; and whose it is."""
        connection_id, settings = terms.connection_id, terms.settings
        kind = settings.kinds[activity.kind]
        author, who = self.authors.of(session, connection_id, activity, settings)
        fold = self.folds.find(session, terms, activity, author)
        if fold is not None:
            counted = self.folds.count(session, terms, fold, activity, who)
            return _repeat_intent(connection_id, activity, counted, folded_fields(counted, kind)), author
        if kind.folding is not Folding.NONE:
            self.folds.begin(session, terms, activity, author, who)
        if activity.plan_member_id is not None and activity.contact_id is None:
            awaited.add(session, connection_id, activity, now=terms.now)
        return _intent(connection_id, activity, author, rules.task_fields(activity, author, kind)), author

    def forget_old(self, now: datetime) -> int:
        """Deletes the keys whose repeats count no more, what is kept of old folded Tasks, and who was waited for too
        long, in every workspace.

        Says how many. For a call every hour.
        """
        with self.database.system() as session:
            folds = store.forget_folds(session, now - FOLDS_KEPT)
            waiting = awaited.forget_old(session, now - awaited.AWAITED_FOR)
            return folds + waiting + store.forget_taken(session, now - rules.REPEATS_COUNT_FOR)


def _foregone(items: Sequence[ActivityItem], terms: rules.Terms) -> list[Foregone]:
    """The Tasks that these would become if activity were on: repeats by the folding of their kinds."""
    would = replace(terms, settings=replace(terms.settings, enabled=True))
    checked = [rules.check(item, would, activity_id=new_id(terms.now)) for item in items if not item.dry_run]
    return [
        Foregone(Part.ACTIVITY, would_fold(one, terms.settings.kinds[one.kind]), terms.now, creates=True)
        for one in checked
        if isinstance(one, Activity)
    ]


def _intent(connection_id: ConnectionId, activity: Activity, author: Author, fields: dict[str, Any]) -> Intent:
    return Intent(
        id=IntentId(activity.id),
        connection_id=connection_id,
        sobject="Task",
        external_id_field=rules.KEY_FIELD,
        external_id=rules.task_key(connection_id, activity.id),
        fields=fields,
        create_only=rules.CREATE_ONLY,
        creates=True,
        login_member_id=author.member_id,
        login_reason=str(author.reason),
        entity=f"activity:{activity.id}",
        kind=str(activity.kind),
        occurred_at=activity.occurred_at,
    )


def _repeat_intent(connection_id: ConnectionId, activity: Activity, fold: Fold, fields: dict[str, Any]) -> Intent:
    """A repeat changes the Task of the first, with the login of the first."""
    return Intent(
        id=IntentId(activity.id),
        connection_id=connection_id,
        sobject="Task",
        external_id_field=rules.KEY_FIELD,
        external_id=rules.task_key(connection_id, fold.id),
        fields=fields,
        creates=False,
        coalesces=True,
        login_member_id=fold.member_id,
        login_reason=fold.login_reason,
        entity=f"activity:{activity.id}",
        kind=str(activity.kind),
        occurred_at=activity.occurred_at,
    )
