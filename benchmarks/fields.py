"""What it costs to keep fields of Salesforce true to many plans: calls and seconds, each call taking 50 ms.

`dirty`: so many plans are marked and one in a hundred has really changed. Beside it stands a straightforward loop over
some of the same plans, which reads each record and writes what differs. `view`: one plan is viewed among so many, and
what Salesforce holds is looked at.

The org is the local one in this process, so that it checks every value; its own work is part of the seconds.

usage: python benchmarks/fields.py [--plans 10000] [--loop 300] [--grown 1000 10000 100000]
"""

import argparse
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import requests
from flask import Flask
from measure import engines, know_sizes, report

from accord.core.identity import Identity, Role
from accord.core.ids import PlanId, RecordId, StageId, StepId, new_id
from accord.delivery.model import Priority
from accord.features.field_sync.model import PROPOSAL, Setup
from accord.features.field_sync.sync.model import Trigger
from accord.parts import Parts, build_parts
from accord.salesforce.transport import HttpOptions
from accord.workspace.plans import store
from accord.workspace.plans.data import load_data
from accord.workspace.plans.elements import store as elements
from accord.workspace.plans.model import Plan, Stage, Step, StepMark
from support.local_org import HTTPS_BASE, WsgiAdapter
from support.product import INTEGRATION, Product, a_product
from support.running_org import RILEY

LATENCY = 0.05  # seconds
AT_ONCE = 500
STEPS = 4
DONE = 100 / STEPS  # percent, of a plan with one step completed


@dataclass
class Far(WsgiAdapter):
    """The way to the local org, which takes a while and counts."""

    app: Flask
    calls: int = 0

    def __post_init__(self) -> None:
        super().__init__(self.app)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        self.calls += "/services/data/v" in str(request.url)
        time.sleep(LATENCY)
        return super().send(request, **options)


@dataclass
class World:
    """Plans that are connected to deals of the local org."""

    product: Product
    far: Far
    parts: Parts
    plans: dict[PlanId, RecordId]
    steps: dict[PlanId, Step]  # one of each plan that is not completed

    @property
    def place(self) -> tuple[Any, Any]:
        return self.product.connection.workspace_id, self.product.connection.id

    def grow(self, number: int) -> None:
        """So many plans in all, each with its deal, a stage and four steps."""
        deals = self._deals(number - len(self.plans))
        for start in range(0, len(deals), AT_ONCE):
            with self.parts.database.workspace(self.place[0]) as session:
                for deal in deals[start : start + AT_ONCE]:
                    plan, steps = self._plan(RecordId(deal))
                    store.add(session, plan)
                    elements.add_stages(session, [Stage(steps[0].mark.stage_id, plan.id, 0, "Kick-off")])
                    elements.add_steps(session, steps)
                    self.plans[plan.id] = RecordId(deal)
                    self.steps[plan.id] = steps[-1]
        know_sizes(self.parts.database)

    def _deals(self, number: int) -> Sequence[str]:
        rep = self.product.org.users.by_username(RILEY)
        assert rep is not None
        usual = {"StageName": "Prospecting", "CloseDate": "2026-12-31", "OwnerId": rep.id}
        with self.product.org.transaction(user_id=rep.id, client="seed") as tx:
            return [tx.insert("Opportunity", {"Name": f"{n}", **usual}, enforce=False) for n in range(number)]

    def _plan(self, deal: RecordId) -> tuple[Plan, list[Step]]:
        now = self.parts.clock()
        plan = Plan(
            id=PlanId(new_id(now)),
            connection_id=self.place[1],
            opportunity_id=deal,
            title="Rollout",
            created_by=None,
            created_at=now,
            published_at=now,
        )
        stage = StageId(new_id(now))
        marks = [StepMark(StepId(new_id(now)), plan.id, stage, line) for line in range(STEPS)]
        return plan, [Step(mark, f"Step {mark.position}") for mark in marks]

    def mark(self, plans: Sequence[PlanId], kind: str, *, is_look: bool = False) -> None:
        trigger = Trigger(kind, None, is_look=is_look, priority=Priority.EVENT)
        marks = self.parts.synced_fields.on_event.marks
        for start in range(0, len(plans), AT_ONCE):
            deals = {plan: self.plans[plan] for plan in plans[start : start + AT_ONCE]}
            with self.parts.database.workspace(self.place[0]) as session:
                marks.put(session, self.place[1], deals, trigger, now=self.parts.clock())

    def complete_a_step(self, plans: Sequence[PlanId]) -> None:
        now = self.parts.clock()
        with self.parts.database.workspace(self.place[0]) as session:
            for plan in plans:
                step = self.steps[plan]
                elements.save_step(
                    session, replace(step, mark=replace(step.mark, completed_at=now, completed_on=now.date()))
                )

    def deliver(self) -> tuple[int, float]:
        """Calls and seconds until nothing is due."""
        self.product.clock.advance(seconds=10)
        before, began = self.far.calls, time.perf_counter()
        while self.parts.drain.drain(*self.place).calls:
            pass
        return self.far.calls - before, time.perf_counter() - began


@contextmanager
def a_world(database: Any) -> Iterator[World]:
    with a_product(database, environ={"ACCORD_REQUESTS_PER_MINUTE": "1000000"}) as product:
        far = Far(product.org_app)
        allowed = product.parts.settings.allowed_loopback
        http = HttpOptions(timeout=30, allowed_loopback=allowed, adapter=far)
        parts = build_parts(product.parts.settings, database, clock=product.clock, http=http)
        world = World(product, far, parts, {}, {})
        admin = Identity(*world.place, Role.ADMIN)
        setup = parts.synced_fields.setup
        setup.save(admin, Setup(enabled=True, rows=PROPOSAL, version=setup.load(admin).setup.version))
        yield world


def dirty(world: World, *, plans: int, loop: int) -> Mapping[str, object]:
    world.grow(plans)
    known = list(world.plans)
    world.mark(known, "created")
    first_calls, first_seconds = world.deliver()
    changed = known[::100]
    world.complete_a_step(changed)
    world.mark(known, "step_updated")
    calls, seconds = world.deliver()
    written = {entry.id for entry in world.product.journal() if entry.after and entry.after.get("Progress__c") == DONE}
    assert written == {world.plans[plan] for plan in changed}, "what has changed was written, and nothing else"
    loop_calls, loop_seconds = straightforward(world, known[:loop])
    return {
        "latency_ms": LATENCY * 1000,
        "plans": plans,
        "changed": len(changed),
        "calls_first": first_calls,
        "seconds_first": round(first_seconds, 1),
        "calls": calls,
        "seconds": round(seconds, 1),
        "ms_per_plan": round(seconds * 1000 / plans, 2),
        "loop_plans": loop,
        "loop_calls": loop_calls,
        "loop_calls_per_10000": round(loop_calls * 10_000 / loop),
        "calls_per_10000": round(calls * 10_000 / plans),
        "loop_ms_per_plan": round(loop_seconds * 1000 / loop, 2),
        "times_faster": round(loop_seconds / loop / (seconds / plans), 1),
    }


def straightforward(world: World, plans: Sequence[PlanId]) -> tuple[int, float]:
    """For each plan its data, its record, and a write when they differ; one hundredth of them differ."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", world.far)
    owner = world.product.org.users.by_username(INTEGRATION)
    assert owner is not None
    session.headers["Authorization"] = f"Bearer {world.product.org.sessions.issue(owner.id, client='loop')}"
    world.complete_a_step(plans[1::100])
    before, began = world.far.calls, time.perf_counter()
    for plan in plans:
        with world.parts.database.reading(world.place[0]) as reading:
            today = world.parts.clock().date()
            found = load_data(reading, world.place[1], [plan], today=today, plans_url="http://localhost:8000/plans")[
                plan
            ]
        wanted = {row.field: found.values[row.datum] for row in PROPOSAL}
        address = f"{HTTPS_BASE}/services/data/v67.0/sobjects/Opportunity/{world.plans[plan]}"
        record = session.get(f"{address}?fields={','.join(wanted)}", timeout=10).json()
        differing = {name: value for name, value in wanted.items() if (record[name] or "") != (value or "")}
        if differing:
            assert session.patch(address, json=differing, timeout=10).status_code == 204
    return world.far.calls - before, time.perf_counter() - began


def view(world: World, *, plans: int, times: int = 20) -> Mapping[str, object]:
    world.grow(plans)
    chosen = list(world.plans)[:: plans // times][:times]
    world.mark(chosen, "created")
    world.deliver()
    took, calls = [], 0
    for plan in chosen:
        world.product.clock.advance(minutes=20)
        began = time.perf_counter()
        world.mark([plan], "viewed", is_look=True)
        marked = time.perf_counter() - began
        asked, seconds = world.deliver()
        calls += asked
        took.append((marked * 1000, (seconds - asked * LATENCY) * 1000))
    return {
        "plans": plans,
        "calls": calls / times,
        "mark_ms_p50": round(statistics.median(one for one, _ in took), 2),
        "look_ms_p50": round(statistics.median(one for _, one in took), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=10_000)
    parser.add_argument("--loop", type=int, default=300)
    parser.add_argument("--grown", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    with engines() as found:
        for engine in found:
            with a_world(engine.database) as world:
                run = partial(dirty, world, plans=options.plans, loop=options.loop)
                report("fields", "dirty, 1% changed", run, engine=engine)
    for grown in options.grown:
        with engines() as found:
            for engine in found:
                with a_world(engine.database) as world:
                    report("fields", f"view among {grown}", partial(view, world, plans=grown), engine=engine)


if __name__ == "__main__":
    main()
