"""How a record stands: by what this connection writes about it. A sandbox has the record ids of its origin."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from accord.core.ids import IntentId, RecordId, new_id
from accord.delivery.records.service import KEPT, find_standings, find_writes, forget_old, note_records, sync_now
from accord.delivery.records.store import next_standing
from accord.delivery.store import outbox
from accord.infra.db import Database
from support.delivery import ADelivery, a_connection
from support.gateway import a_refusal

DEAL = RecordId("006000000000001AAA")


def test_writes_to_another_org_about_the_same_record_do_not_count(database: Database) -> None:
    delivery = ADelivery(database)
    sandbox = a_connection(database, delivery.workspace_id)
    here = delivery.intent()
    there = replace(here, id=IntentId(new_id(delivery.clock())), connection_id=sandbox)
    delivery.org.refusals[here.external_id] = a_refusal()
    delivery.put(here, there)
    with database.workspace(delivery.workspace_id) as session:
        for intent in (here, there):
            note_records(session, intent.connection_id, {intent.id: DEAL}, now=delivery.clock())
    delivery.drain()

    with database.workspace(delivery.workspace_id) as session:
        mine = find_standings(session, delivery.connection_id, [DEAL])[DEAL]
        other = find_standings(session, sandbox, [DEAL])[DEAL]
        foreign = find_writes(session, sandbox, [here.id])
        hurried = sync_now(session, delivery.outbox, sandbox, [DEAL], now=delivery.clock())

    assert (mine.parked, mine.on_its_way) == (1, 0)
    assert (other.parked, other.on_its_way, other.advice) == (0, 1, None)
    assert (foreign, hurried) == ({}, 0)
    assert delivery.states([here]) == ["parked"]


def test_what_was_done_long_ago_is_known_by_its_record_no_longer_but_what_waits_is(database: Database) -> None:
    delivery = ADelivery(database)
    done, waits = delivery.intents(2)
    delivery.org.refusals[waits.external_id] = a_refusal()
    delivery.put(done, waits)
    with database.workspace(delivery.workspace_id) as session:
        note_records(session, delivery.connection_id, {done.id: DEAL, waits.id: DEAL}, now=delivery.clock())
    delivery.drain()

    assert forget_old(database, delivery.clock() + KEPT - timedelta(seconds=1)) == 0
    assert forget_old(database, delivery.clock() + KEPT) == 1
    with database.reading(delivery.workspace_id) as session:
        standing = find_standings(session, delivery.connection_id, [DEAL])[DEAL]
    assert (standing.parked, standing.done) == (1, 0)


def test_a_folded_write_stands_as_the_next_one_that_was_not_folded(database: Database) -> None:
    """However many writes its lane has seen: the plan of the query is one step in the key of lane and number."""
    delivery = ADelivery(database)
    first = delivery.intent()
    merged = [replace(first, id=IntentId(new_id(delivery.clock())), coalesces=True) for _ in range(3)]
    delivery.put(first, *merged)
    delivery.drain()

    with database.reading(delivery.workspace_id) as session:
        found = find_writes(session, delivery.connection_id, [first.id, *(one.id for one in merged)])
    assert [one.done for one in found.values()] == [1] * 4

    here = (outbox.c.workspace_id == delivery.workspace_id, outbox.c.connection_id == delivery.connection_id)
    plan = _plan_of(database, next_standing(first.lane, 1).where(*here))
    step = {"sqlite": r"SEARCH outbox .*lane=\? AND seq>\?", "postgresql": r"uq_outbox_lane_seq.*Index Cond:.*seq > 1"}
    assert re.search(step[database.dialect], plan)


def _plan_of(database: Database, wanted: Any) -> str:
    """How the engine would run it, when it does not read and sort the whole table for being small."""
    text = str(wanted.compile(database.engine, compile_kwargs={"literal_binds": True}))
    with database.engine.connect() as connection:
        if database.dialect == "sqlite":
            return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all())
        for way in ("seqscan", "bitmapscan", "sort"):
            connection.exec_driver_sql(f"SET enable_{way} = off")
        return str(connection.exec_driver_sql(f"EXPLAIN {text}").all())
