"""Rings for those who follow a plan: who that is, and whether he may see its deal, is asked when it is sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.core.clock import Clock
from accord.core.ids import ConnectionId, MemberId, PlanId, RecordId, UserId, WorkspaceId, widen
from accord.core.notifications import LONGEST_BODY, LONGEST_TITLE, RINGS_FOR
from accord.core.outcomes import Outcome
from accord.core.text import cut
from accord.delivery.couriers import Courier
from accord.delivery.model import Claim, ClaimedRow
from accord.features.notifications.courier import NOBODY, TOO_LATE, not_rung, ring
from accord.features.notifications.news.model import PLAN_NEWS
from accord.features.notifications.news.rules import text_of
from accord.infra.db import Database
from accord.salesforce.errors import SalesforceUnavailableError
from accord.salesforce.model import MOST_QUERIES, Gateway, Subrequest
from accord.salesforce.soql import eq, in_, in_parts, select
from accord.salesforce.wire import query_path
from accord.workspace.members.store import load_members
from accord.workspace.plans import store
from accord.workspace.plans.following.store import load_followers
from accord.workspace.plans.model import Plan

_Followed = tuple[Plan, Mapping[MemberId, UserId]]


@dataclass(frozen=True, slots=True)
class NewsCourier:
    """Delivery's courier for news of plans; `others` carries everything else."""

    database: Database
    clock: Clock
    others: Courier

    def __call__(self, gateway: Gateway, claim: Claim) -> Sequence[Outcome]:
        if claim.sobject != PLAN_NEWS:
            return self.others(gateway, claim)
        since = self.clock() - RINGS_FOR
        texts = {row.id: text_of(row.fields, since=since) for row in claim.rows}
        followed = self._followed(claim, {row.fields["plan_id"] for row in claim.rows if texts[row.id]})
        sees = Sights(gateway, followed.values())
        inputs: dict[str, Mapping[str, Any]] = {}
        for row in claim.rows:
            if row.fields["plan_id"] in followed and (people := _people(row, followed, sees)):
                plan = followed[row.fields["plan_id"]][0]
                inputs[row.id] = {
                    "recipientIds": people,
                    "title": cut(f"Accord: {plan.title}", LONGEST_TITLE),
                    "body": cut(texts[row.id], LONGEST_BODY),
                    "targetId": plan.opportunity_id,
                }
        outcomes = {row.id: not_rung(NOBODY if texts[row.id] else TOO_LATE) for row in claim.rows}
        rung: dict[str, Outcome] = dict(zip(inputs, ring(gateway, list(inputs.values())), strict=True))
        return [rung.get(row.id, outcomes[row.id]) for row in claim.rows]

    def _followed(self, claim: Claim, plan_ids: Iterable[PlanId]) -> Mapping[PlanId, _Followed]:
        """Those of the plans that have a deal, and who follows them and may still sign in."""
        workspace_id, connection_id = WorkspaceId(claim.workspace_id), ConnectionId(claim.connection_id)
        with self.database.reading(workspace_id) as session:
            plans = store.load(session, connection_id, plan_ids)
            followers = load_followers(session, plans)
            everybody = sorted({one for each in followers.values() for one in each})
            users = {one.id: one.salesforce_user_id for one in load_members(session, connection_id, everybody)}
        return {
            plan_id: (plan, {one: users[one] for one in followers[plan_id] if one in users})
            for plan_id, plan in plans.items()
            if plan.opportunity_id is not None
        }


def _people(row: ClaimedRow, followed: Mapping[PlanId, _Followed], sees: "Sights") -> list[UserId]:
    """Who is told, but for whoever did it."""
    plan, users = followed[row.fields["plan_id"]]
    assert plan.opportunity_id is not None, "others were left out"
    return sorted(user for member, user in users.items() if member != row.fields["by"] and sees(user, plan))


class Sights:
    """Which deals Salesforce shows to whom: one call for five users, and one for three hundred of them: who is active.

    Salesforce: UserRecordAccess is asked for one user and at most 200 records, and leaves out what the asking login may
    not read itself (Object Reference); then nobody is told.
    """

    def __init__(self, gateway: Gateway, followed: Iterable[_Followed]) -> None:
        wanted: dict[UserId, set[RecordId]] = {}
        for plan, users in followed:
            for user in users.values():
                assert plan.opportunity_id is not None, "others were left out"
                wanted.setdefault(user, set()).add(plan.opportunity_id)
        self._seen = set(_shown(gateway, list(_active(gateway, sorted(wanted))), wanted))

    def __call__(self, user: UserId, plan: Plan) -> bool:
        return (user, plan.opportunity_id) in self._seen


def _active(gateway: Gateway, users: Sequence[UserId]) -> Iterator[UserId]:
    for some in in_parts("Id", users):
        for row in gateway.query(select("Id").from_("User").where(some, eq("IsActive", True))):
            yield UserId(widen(row["Id"]))


def _shown(
    gateway: Gateway, users: Sequence[UserId], wanted: Mapping[UserId, Iterable[RecordId]]
) -> Iterator[tuple[UserId, RecordId]]:
    for start in range(0, len(users), MOST_QUERIES):
        some = users[start : start + MOST_QUERIES]
        parts = [
            Subrequest(f"user{number}", "GET", query_path(_access(user, wanted[user])))
            for number, user in enumerate(some)
        ]
        for user, answer in zip(some, gateway.composite(parts, all_or_none=False), strict=True):
            if answer.status != 200:
                raise SalesforceUnavailableError("Salesforce did not say who may see which deal.", in_doubt=False)
            for row in answer.body["records"]:
                if row["HasReadAccess"] is True:
                    yield user, RecordId(widen(row["RecordId"]))


def _access(user: UserId, deals: Iterable[RecordId]) -> Any:
    fields = select("RecordId", "HasReadAccess").from_("UserRecordAccess")
    return fields.where(eq("UserId", user), in_("RecordId", sorted(deals)))
