"""Dry run, back-fill, stop, resume, undo; and why a field has its value (D6, D14, D16, D17, W22, S3)."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from accord.core.errors import ConflictError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import PlanId
from accord.features.connections.tables import connection
from accord.features.field_sync.model import PROPOSAL, Row
from accord.features.field_sync.reasons import FieldSkip
from accord.features.field_sync.runs.model import RunState
from accord.workspace.plans.events import PlanEventKind
from support.database import ONE_ENGINE
from support.field_sync import SyncWorld
from support.panel_setup import ADMIN
from support.product import RILEY

PROGRESS = next(row for row in PROPOSAL if row.field == "Progress__c")


def many(world: SyncWorld, number: int) -> list[PlanId]:
    return [world.connected(deal) for deal in world.more_deals(number)]


def signed_in(world: SyncWorld, username: str) -> Identity:
    """Somebody with a Salesforce login of his own in this session."""
    token = world.product.sign_in(username)["Authorization"].removeprefix("Bearer ")
    return world.product.parts.connections.authenticate(token, writes=False)


def values(world: SyncWorld, field: str) -> list[Any]:
    deals = [plan.opportunity_id for plan in world.plans.values()]
    return [world.product.record("Opportunity", deal)[field] for deal in deals]


def run_to_end(world: SyncWorld) -> None:
    for _ in range(6):
        world.deliver()


def test_a_dry_run_says_what_would_be_written_and_what_it_costs_and_writes_nothing(world: SyncWorld) -> None:
    """D14."""
    plans = many(world, 3)
    first = world.plans[plans[0]].opportunity_id
    world.product.change_in_salesforce("Opportunity", first, Progress__c=7, Accord_Status__c="On Track")
    world.plans[plans[1]] = replace(
        world.plans[plans[1]], values={**world.plans[plans[1]].values, "accord_status": None}
    )
    admin, end = signed_in(world, ADMIN), world.product.journal_end()

    tried = world.fields.dry_runs.look(admin, list(PROPOSAL))

    by_field = [{field.row.field: field for field in plan.fields} for plan in tried.plans]
    progress, status = by_field[0]["Progress__c"], by_field[0]["Accord_Status__c"]
    assert (progress.old, progress.new, progress.skip) == (7, 40, None)
    assert (status.old, status.new, status.skip) == ("On Track", "On Track", FieldSkip.UNCHANGED)
    assert by_field[1]["Accord_Status__c"].skip is FieldSkip.NOT_PUBLISHED
    assert (tried.reads, tried.writes, tried.records, tried.fields) == (1, 1, 3, 22)
    assert (tried.total, tried.calls_at_most) == (3, 2)
    assert tried.skipped == {FieldSkip.UNCHANGED: 1, FieldSkip.NOT_PUBLISHED: 1}
    assert world.product.journal(end) == []
    assert not world.setup.load(admin).setup.enabled


@ONE_ENGINE
def test_a_dry_run_shows_values_to_those_alone_who_may_see_the_field(world: SyncWorld) -> None:
    """S3: without a login of one's own there are no values; a field that is hidden from the admin shows none."""
    (plan,) = many(world, 1)
    world.plans[plan] = replace(world.plans[plan], values={**world.plans[plan].values, "accord_status": None})
    riley = world.product.org.users.by_username(RILEY)
    world.product.org.users.change(riley.id, _hidden_fields=["Opportunity.Progress__c"])

    for caller, hidden in ((world.admin, len(PROPOSAL) - 1), (signed_in(world, RILEY), 1)):
        fields = world.fields.dry_runs.look(caller, list(PROPOSAL)).plans[0].fields
        assert sum(field.is_hidden for field in fields) == hidden
        assert all(field.old is None and field.new is None for field in fields if field.is_hidden)
        assert [field.row.field for field in fields if field.skip is not None] == [
            "Accord_Status__c"
        ]  # nothing to hide


@ONE_ENGINE
def test_a_dry_run_finds_a_field_that_is_gone_as_a_back_fill_would(world: SyncWorld) -> None:
    many(world, 1)
    world.turn_on(PROGRESS, PROPOSAL[1])
    world.product.change_org("Opportunity", PROGRESS.field)

    tried = world.fields.dry_runs.look(world.admin, None)

    assert tried.skipped == {FieldSkip.ROW_PAUSED: 1}


def test_a_back_fill_is_stopped_and_goes_on_where_it_was(world: SyncWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """D17: in the lowest priority, a page at a time."""
    monkeypatch.setattr("accord.features.field_sync.runs.book.PAGE", 4)
    many(world, 10)
    world.turn_on()
    runs = world.fields.runs
    run = runs.start(world.admin).run
    with pytest.raises(ConflictError, match="Another run"):
        runs.start(world.admin)
    world.drain.drain(world.product.connection.workspace_id, world.product.connection.id, most=1)
    runs.stop(world.admin, run.id)
    run_to_end(world)
    stopped = runs.get(world.admin, run.id).run
    assert (stopped.state, stopped.total, stopped.looked, stopped.changed) == (RunState.STOPPED, 10, 4, 4)
    assert values(world, "Progress__c").count(40) == 4

    runs.resume(world.admin, run.id)
    run_to_end(world)
    done = runs.get(world.admin, run.id).run
    assert (done.state, done.looked, done.changed) == (RunState.DONE, 10, 10)
    assert values(world, "Progress__c") == [40] * 10
    page = world.fields.dry_runs.look(world.admin, None, limit=4)
    assert (len(page.plans), page.total, page.after) == (4, 10, page.plans[-1].plan_id)
    assert (page.records, page.writes) == (0, 0), "all has its value"


@ONE_ENGINE
def test_what_happens_meanwhile_is_not_stopped_with_a_back_fill(world: SyncWorld) -> None:
    plans = many(world, 2)
    world.turn_on()
    runs = world.fields.runs
    run = runs.start(world.admin).run
    runs.stop(world.admin, run.id)
    run_to_end(world)
    world.happens(plans[1], accord_progress=70)
    run_to_end(world)

    assert values(world, "Progress__c") == [None, 70]


def test_a_run_is_undone_but_for_what_was_changed_since(world: SyncWorld) -> None:
    """D16."""
    plans = many(world, 3)
    deals = [world.plans[plan].opportunity_id for plan in plans]
    world.product.change_in_salesforce("Opportunity", deals[0], Progress__c=7)
    world.turn_on()
    runs = world.fields.runs
    run = runs.start(world.admin).run
    run_to_end(world)
    assert values(world, "Progress__c") == [40, 40, 40]
    world.product.change_in_salesforce("Opportunity", deals[1], Progress__c=99)

    preview = runs.preview_undo(world.admin, run.id)
    assert (preview.writes, preview.calls_at_most) == (3, 2)
    before = world.product.calls()
    the_integration_owner_is_now(world, "another@halden.example")
    back = runs.undo(world.admin, run.id).run
    run_to_end(world)

    assert values(world, "Progress__c") == [7, 99, None]
    assert {write.login for write in world.writes(plans[2])} == {"another@halden.example"}
    assert values(world, "Accord_Status__c") == [None, None, None]
    assert world.product.calls() - before <= preview.calls_at_most + 1  # and a describe
    undone = runs.get(world.admin, back.id).run
    assert (undone.state, undone.looked, undone.changed, undone.kept) == (RunState.DONE, 3, 3, 1)
    kept, is_whole = runs.kept(signed_in(world, ADMIN), back.id, after=None)
    assert [(one.write.record_id, one.write.names[one.row_id], one.is_hidden) for one in kept] == [
        (deals[1], "Progress__c", False)
    ]
    assert is_whole
    assert all(one.is_hidden for one in runs.kept(world.admin, back.id, after=None)[0])
    with pytest.raises(ConflictError, match="taken back already"):
        runs.undo(world.admin, run.id)


@ONE_ENGINE
def test_taking_back_is_stopped_and_goes_on_and_counts_what_became_of_it(world: SyncWorld) -> None:
    """D17: what waits in the outbox does nothing while its run is stopped. One goes back, one was changed since, and
    one is refused, which counts as neither.
    """
    deals = [str(world.plans[plan].opportunity_id) for plan in many(world, 3)]
    world.product.change_in_salesforce("Opportunity", deals[2], Progress__c=7)
    world.turn_on(PROGRESS)
    runs = world.fields.runs
    run = runs.start(world.admin).run
    run_to_end(world)
    world.product.change_in_salesforce("Opportunity", deals[1], Progress__c=99)
    world.product.refuse_deals("Progress__c = 7", "It cannot be seven")
    back = runs.undo(world.admin, run.id).run
    runs.stop(world.admin, back.id)
    run_to_end(world)
    assert values(world, "Progress__c") == [40, 99, 40]

    with pytest.raises(ConflictError, match="takes one back itself"):
        runs.undo(world.admin, back.id)
    runs.resume(world.admin, back.id)
    run_to_end(world)
    done = runs.get(world.admin, back.id).run
    assert values(world, "Progress__c") == [None, 99, 40]
    assert (done.state, done.looked, done.changed, done.kept) == (RunState.DONE, 2, 1, 1)


def test_what_was_taken_back_is_held_and_all_else_goes_on(world: SyncWorld) -> None:
    """D16: by row and record, until the plan's own value changes or an admin wants it again."""
    plans = many(world, 2)
    deals = [world.plans[plan].opportunity_id for plan in plans]
    world.turn_on()
    runs = world.fields.runs
    run = runs.start(world.admin).run
    run_to_end(world)
    world.product.change_in_salesforce("Opportunity", deals[1], Progress__c=99)
    back = runs.undo(world.admin, run.id).run
    run_to_end(world)
    assert runs.get(world.admin, back.id).held == 2 * len(PROPOSAL)
    why = {one.row.field: one.skip for one in world.fields.why.of(world.admin, plans[0]).fields}
    assert why["Progress__c"] is FieldSkip.TAKEN_BACK

    world.product.clock.advance(minutes=16)
    world.happens_to(plans, PlanEventKind.VIEWED)
    world.changes(plans[0], accord_progress=70)
    run_to_end(world)
    assert values(world, "Progress__c") == [70, 99]
    assert values(world, "Accord_Status__c") == [None, None]

    runs.start(world.admin)
    run_to_end(world)
    assert values(world, "Progress__c") == [70, 40]
    assert values(world, "Accord_Status__c") == ["On Track", "On Track"]
    assert runs.get(world.admin, back.id).held == 0


def test_a_back_fill_of_a_new_row_leaves_all_others_as_they_are(world: SyncWorld) -> None:
    """D17: also what an undo holds; and a row that is not there begins nothing."""
    many(world, 2)
    world.turn_on(PROGRESS)
    runs = world.fields.runs
    first = runs.start(world.admin).run
    run_to_end(world)
    back = runs.undo(world.admin, first.id).run
    run_to_end(world)
    rows = world.turn_on(PROGRESS, Row("", "execution_score", "", "", "Execution_Score__c")).setup.rows

    with pytest.raises(RejectedError) as refused:
        runs.start(world.admin, [rows[1].id, "gone"])
    assert [one.key for one in refused.value.problems] == ["row_ids.1"]
    run = runs.start(world.admin, [rows[1].id]).run
    run_to_end(world)

    assert (values(world, "Execution_Score__c"), values(world, "Progress__c")) == ([55, 55], [None, None])
    done = runs.get(world.admin, run.id).run
    assert (done.state, done.looked, done.changed, done.row_ids) == (RunState.DONE, 2, 2, (rows[1].id,))
    assert runs.get(world.admin, back.id).held == 2
    reasons = [one.skip for one in world.fields.why.of(world.admin, next(iter(world.plans))).fields]
    assert reasons == [FieldSkip.TAKEN_BACK, None]


def test_a_row_that_goes_to_another_field_keeps_its_id_and_what_it_wrote_can_be_undone(world: SyncWorld) -> None:
    """A61: what was agreed on, refused or taken back was about the field before."""
    many(world, 1)
    plan = next(iter(world.plans))
    world.turn_on(PROGRESS)
    runs = world.fields.runs
    run = runs.start(world.admin).run
    run_to_end(world)
    moved = world.turn_on(replace(PROGRESS, field="Execution_Score__c")).setup.rows
    assert [row.id for row in moved] == [PROGRESS.id]
    assert [one.skip for one in world.fields.why.of(world.admin, plan).fields] == [FieldSkip.NEVER_LOOKED]

    world.happens(plan)
    run_to_end(world)
    assert (values(world, "Progress__c"), values(world, "Execution_Score__c")) == ([40], [40])
    assert world.calls_of(lambda: (world.happens(plan), run_to_end(world))) == 0

    back = runs.undo(world.admin, run.id).run
    run_to_end(world)
    world.happens(plan, accord_progress=50)
    run_to_end(world)
    assert (values(world, "Progress__c"), values(world, "Execution_Score__c")) == ([None], [50])
    assert runs.get(world.admin, back.id).held == 0

    again = runs.undo(world.admin, _filled(world)).run.id
    run_to_end(world)
    assert (runs.get(world.admin, again).held, values(world, "Execution_Score__c")) == (1, [1])
    world.turn_on(PROGRESS)
    assert runs.get(world.admin, again).held == 0


def _filled(world: SyncWorld) -> str:
    """A back-fill that has written something."""
    deal = next(iter(world.plans.values())).opportunity_id
    world.product.change_in_salesforce("Opportunity", deal, Execution_Score__c=1)
    world.product.clock.advance(minutes=16)
    run = world.fields.runs.start(world.admin).run
    run_to_end(world)
    return run.id


def the_integration_owner_is_now(world: SyncWorld, username: str) -> None:
    of = world.product.connection
    with world.product.parts.database.workspace(of.workspace_id) as session:
        session.execute(update(connection).where(connection.c.id == of.id).values(integration_username=username))


@ONE_ENGINE
def test_why_a_field_has_its_value(world: SyncWorld) -> None:
    """D6: who or what, when, with which login; to a rep only what he himself may see (S3)."""
    world.turn_on()
    plan = world.connected()
    rep = signed_in(world, RILEY)
    ask = lambda caller: world.fields.why.of(caller, plan)  # noqa: E731
    assert {field.skip for field in ask(rep).fields} == {FieldSkip.NEVER_LOOKED}

    world.happens(plan, PlanEventKind.STEP_COMPLETED, by=rep.member_id)
    waiting = ask(rep)
    assert waiting.waits is not None
    assert waiting.waits.reason == "gathering"
    world.deliver()
    told = {field.row.field: field for field in ask(rep).fields}["Progress__c"]

    assert (told.value, told.skip, told.is_hidden) == (40, None, False)
    assert told.wrote is not None
    assert (told.wrote.trigger, told.wrote.by, told.wrote.login) == (
        "step_completed",
        "Riley Okafor",
        "integration@halden.example",
    )
    assert (told.wrote.at, told.wrote.new) == (world.product.clock(), 40)
    assert ask(rep).waits is None
    the_integration_owner_is_now(world, "another@halden.example")
    logins = {field.row.field: field.wrote and field.wrote.login for field in ask(rep).fields}
    assert logins["Progress__c"] == "integration@halden.example"
    riley = world.product.org.users.by_username(RILEY)
    world.product.org.users.change(riley.id, _hidden_fields=["Opportunity.Progress__c"])
    world.product.clock.advance(minutes=16)
    hidden = {field.row.field: field for field in ask(signed_in(world, RILEY)).fields}["Progress__c"]
    assert (hidden.value, hidden.is_hidden) == (None, True)
    assert hidden.wrote is not None
    assert (hidden.wrote.old, hidden.wrote.new) == (None, None)
    assert all(field.value is None and field.is_hidden for field in ask(world.admin).fields)
