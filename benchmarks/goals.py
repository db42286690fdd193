"""Which figures stand in the table of docs/benchmarks.md, what each should be, and why it is not."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = {"≤": operator.le, "≥": operator.ge}
SQLITE: Final = ("sqlite",)
POSTGRESQL: Final = ("postgresql",)
NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure of a result, what it should be, and why it is not (its braces are filled with the result's figures)."""

    what: str
    figure: str
    unit: str = ""
    goal: tuple[str, float] | None = None
    why: str = ""
    benchmark: str
    case: str
    engines: tuple[str, ...] = SQLITE + POSTGRESQL

    def line(self, result: Mapping[str, Any]) -> str:
        figures = result["figures"]
        measured, verdict = figures[self.figure], ""
        if self.goal is not None:
            compare, wanted = self.goal
            is_met = COMPARE[compare](measured, wanted)
            verdict = "met" if is_met else f"missed: {self.why.format(**figures)}"
        goal = "" if self.goal is None else f"{self.goal[0]} {self.goal[1]:,g}{self.unit}"
        foreign = result["foreign_load"]["cpu_during"]
        run = f"{result['commit']}, {'?' if foreign is None else f'{foreign:.0%}'}"
        cells = (self.what, NAMES[result["engine"]], f"{measured:,g}{self.unit}", goal, verdict, run)
        return f"| {' | '.join(cells)} |"


ONE_PROCESS: Final = (
    "claim, unsealing, JSON and mark cost {cpu_ms_per_record_10} ms of CPU a record in one Python process, and its "
    "threads share one core"
)
ONE_AFTER_THE_OTHER: Final = (
    "beside the 50 ms of its call a batch of 200 takes {cpu_ms_per_record_1} ms of CPU a record, and its commits"
)
NO_CORE_LEFT: Final = "two workers and what serves them share two cores"

_calls = partial(Row, benchmark="calls", case="updates")
_far = partial(Row, benchmark="write_rate", case="50 ms a call")
_slow = partial(Row, benchmark="write_rate", case="50 ms a call and 2 ms a record")
_fields = partial(Row, benchmark="fields", case="dirty, 1% changed")
_panel = partial(Row, benchmark="panel", case="open", engines=SQLITE)
_single = partial(Row, benchmark="intake", case="1 item a request", engines=SQLITE)
_hundred = partial(Row, benchmark="intake", case="100 items a request", engines=SQLITE)


def _claims(workers: int, call_ms: int, **facts: Any) -> Row:
    return Row(benchmark="claims", case=f"{workers} workers, calls of {call_ms} ms", **facts)


GROWN: Final = (1_000, 10_000, 100_000)


def _views(plans: int) -> tuple[Row, ...]:
    view = partial(Row, benchmark="fields", case=f"view among {plans}")
    return (
        view(what=f"One of {plans:,} plans is viewed: calls", figure="calls", goal=("≤", 1)),
        view(what="… time beside its 50 ms, the local org's own included", figure="look_ms_p50", unit=" ms"),
    )


ROWS: Final = (
    _calls(what="Calls for 1,000 new records", figure="calls_per_1000_new", goal=("≤", 5.1)),
    _calls(what="Calls for 1,000 changed records", figure="calls_per_1000_changed", goal=("≤", 5.1)),
    _calls(what="Calls for 20,000 changes on 2,000 records", figure="calls_of_these_changes", goal=("≤", 11)),
    _fields(what="10,000 plans marked, 1% changed: calls", figure="calls", goal=("≤", 51)),
    _fields(what="… by a loop that reads each record, for as many", figure="loop_calls_per_10000"),
    _fields(what="… time a plan, 50 ms a call", figure="ms_per_plan", unit=" ms"),
    _fields(what="… over that loop", figure="times_faster", unit=" x"),
    *(row for plans in GROWN for row in _views(plans)),
    _far(
        what="50 ms a call: update loop of simple-salesforce",
        figure="simple_salesforce_loop_per_second",
        unit=" rec/s",
        engines=SQLITE,
    ),
    _far(what="… update loop of jsforce", figure="jsforce_loop_per_second", unit=" rec/s", engines=SQLITE),
    _far(what="… update of an array by jsforce", figure="jsforce_array_per_second", unit=" rec/s", engines=SQLITE),
    _far(what="… Accord, 1 call at a time", figure="accord_1_per_second", unit=" rec/s"),
    _far(what="… Accord, 5 parallel", figure="accord_5_per_second", unit=" rec/s"),
    _far(what="… Accord, 10 parallel", figure="accord_10_per_second", unit=" rec/s"),
    _far(
        what="… 1 at a time over the loop",
        figure="accord_1_over_loop",
        unit=" x",
        goal=("≥", 150),
        why=ONE_AFTER_THE_OTHER,
    ),
    _far(
        what="… 10 parallel over the loop", figure="accord_10_over_loop", unit=" x", goal=("≥", 1000), why=ONE_PROCESS
    ),
    _far(
        what="… 1 at a time over jsforce's array",
        figure="accord_1_over_jsforce_array",
        unit=" x",
        goal=("≥", 0.95),
        why="beside its call every record is claimed and marked on the disk, which jsforce does not do",
    ),
    _far(
        what="… 5 parallel, share of what the calls could carry",
        figure="share_of_ceiling_5",
        goal=("≥", 0.85),
        why=ONE_PROCESS,
    ),
    _slow(what="50 ms a call and 2 ms a record: 1 at a time over the loop", figure="accord_1_over_loop", unit=" x"),
    _slow(what="… 5 parallel over the loop", figure="accord_5_over_loop", unit=" x"),
    _slow(what="… 10 parallel over the loop", figure="accord_10_over_loop", unit=" x"),
    _slow(
        what="… 5 parallel, share of what the calls could carry",
        figure="share_of_ceiling_5",
        goal=("≥", 0.85),
        why=ONE_PROCESS,
    ),
    _panel(
        what="A user's first panel: calls",
        figure="first_calls",
        goal=("≤", 1),
        why="describes and picklists hang on the user's rights, so each user's are fetched every quarter of an hour",
    ),
    _panel(
        what="… over the latency of a call",
        figure="first_latencies",
        unit=" x",
        goal=("≤", 1.15),
        why="the describes come first, and what is asked for depends on them",
    ),
    _panel(
        what="Any later panel: calls",
        figure="warm_calls",
        goal=("≤", 0),
        why="the values are read under the rep's own rights each time, and Accord keeps none of them",
    ),
    _panel(
        what="… p50 over 50 ms a call",
        figure="warm_ms_p50",
        unit=" ms",
        goal=("≤", 5),
        why="50 ms are the call that reads the values; Accord's own work is the {warm_ms_without_latency} ms beside it",
    ),
    _panel(what="Four calls by hand over the latency of a call", figure="naive_latencies", unit=" x"),
    _single(what="Intake, 1 activity a request: peak", figure="acks_per_second", unit=" acks/s"),
    _single(what="… p50 at the peak, 16 connections", figure="peak_p50_ms", unit=" ms"),
    _single(what="… p99 at the peak", figure="peak_p99_ms", unit=" ms"),
    _single(
        what="… p99 at half of the peak",
        figure="half_p99_ms",
        unit=" ms",
        goal=("≤", 50),
        why="requests and deliveries share one Python process and SQLite's one write lock",
    ),
    _single(
        what="… over a bare Flask route",
        figure="over_bare",
        unit=" x",
        goal=("≥", 0.5),
        why="an acknowledged activity is two commits on the disk and some twenty statements, and is delivered besides; "
        "the bare route reads one row",
    ),
    _hundred(what="Intake, 100 activities a request: peak", figure="items_per_second", unit=" items/s"),
    _hundred(what="… p99 at the peak", figure="peak_p99_ms", unit=" ms"),
    _hundred(
        what="… over single ones",
        figure="items_over_single",
        unit=" x",
        goal=("≥", 10),
        why="each item takes its key and looks for its fold by statements of its own",
    ),
    _hundred(
        what="… Tasks a call",
        figure="tasks_per_call",
        goal=("≥", 190),
        why="a worker that is free takes what there is and does not wait for 200",
    ),
    _claims(
        1,
        0,
        what="Outbox alone, 1 worker",
        figure="delivered_per_second",
        unit=" rows/s",
        goal=("≥", 20_000),
        why="{own_cpu_ms_per_row} ms of CPU a row: sealed values and rows that stay as history cost more than the bare "
        "probe that set the goal",
        engines=SQLITE,
    ),
    _claims(
        1,
        0,
        what="Outbox alone, 1 worker",
        figure="delivered_per_second",
        unit=" rows/s",
        goal=("≥", 5_000),
        why="{own_cpu_ms_per_row} ms of CPU a row in the worker and then {database_cpu_ms_per_row} ms in the database, "
        "one after the other",
        engines=POSTGRESQL,
    ),
    *(
        _claims(workers, 0, what=f"… claims a second, workers: {workers}", figure="claims_per_second")
        for workers in (1, 2, 4)
    ),
    _claims(
        1,
        0,
        what="… CPU of the database a row",
        figure="database_cpu_ms_per_row",
        unit=" ms",
        goal=("≤", 0.1),
        why="a row is written twice after it was put, and stands in seven indexes",
        engines=POSTGRESQL,
    ),
    _claims(
        2,
        50,
        what="Calls of 50 ms, 2 workers over 1",
        figure="over_one_worker",
        unit=" x",
        goal=("≥", 1.8),
        why=NO_CORE_LEFT,
    ),
    _claims(
        4,
        50,
        what="Calls of 50 ms, 4 workers over 1 (the goal is for 4 cores)",
        figure="over_one_worker",
        unit=" x",
        goal=("≥", 3),
        why="there are two cores, and what serves the workers needs them too",
    ),
)
