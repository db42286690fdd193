"""How many Salesforce calls changes cost, counted by the stub: each record changed once, and each ten times.

usage: python benchmarks/calls.py [--records 1000] [--many 2000] [--times 10]
"""

import argparse
from collections.abc import Mapping
from functools import partial

from measure import Accord, Stub, a_stub, an_accord, engines, report


def measure(accord: Accord, stub: Stub, *, records: int, many: int, times: int) -> Mapping[str, object]:
    accord.put(accord.changes(range(1), "made", creates=True))
    stub.set(lat=0)
    _deliver(accord)
    first = stub.counts()
    accord.put(accord.changes(range(1, many + 1), "made", creates=True))
    made = _calls(accord, stub)
    accord.put(accord.changes(range(1, records + 1), "changed"))
    changed = _calls(accord, stub)
    for turn in range(times):
        accord.put(accord.changes(range(1, many + 1), f"changed for the {turn}th time"))
    return {
        "calls_of_the_first_record": first["calls"],
        "calls_per_1000_new": round(made * 1000 / many, 2),
        "calls_per_1000_changed": round(changed * 1000 / records, 2),
        "changes": many * times,
        "changed_records": many,
        "calls_of_these_changes": _calls(accord, stub),
    }


def _deliver(accord: Accord) -> None:
    accord.parts.drain.drain(accord.connection.workspace_id, accord.connection.id)


def _calls(accord: Accord, stub: Stub) -> int:
    stub.set(lat=0)
    _deliver(accord)
    return stub.counts()["calls"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--many", type=int, default=2000)
    parser.add_argument("--times", type=int, default=10)
    options = vars(parser.parse_args())
    with a_stub() as stub, engines() as found:
        for engine in found:
            accord = an_accord(engine.database, stub)
            report("calls", "updates", partial(measure, accord, stub, **options), engine=engine)


if __name__ == "__main__":
    main()
