"""Records a second over a far org: Accord's delivery at 1, 5 and 10 parallel calls, beside what others do by hand.

The others are a loop of simple-salesforce updates, and jsforce with a loop and with an array. All update Tasks in one
stub whose every call takes 50 ms, and then 50 ms and 2 ms a record. Accord's rate counts the whole delivery of changes
that wait in the outbox: claim, unseal, call, mark.

usage: python benchmarks/write_rate.py [--scale 1.0]      a smaller scale writes fewer records
"""

import argparse
import os
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from measure import HERE, NODE, Accord, Stub, a_stub, an_accord, engines, report
from simple_salesforce.api import Salesforce, SFType

LATENCY_MS = 50
# records for: the loops, an array of jsforce, Accord at 1, 5 and 10 parallel; by milliseconds a record takes
AMOUNTS = {0: (100, 10_000, {1: 6_000, 5: 10_000, 10: 10_000}), 2: (100, 2_000, {1: 2_000, 5: 6_000, 10: 10_000})}


def measure(accord: Accord, stub: Stub, *, per: int, scale: float) -> Mapping[str, object]:
    loop_count, array_count, by_parallel = AMOUNTS[per]
    stub.set(lat=LATENCY_MS, per=per)
    rates = {
        "simple_salesforce_loop": _simple_salesforce_loop(stub, int(loop_count * scale)),
        "jsforce_loop": _jsforce(stub, int(loop_count * scale), "loop"),
        "jsforce_array": _jsforce(stub, int(array_count * scale), "array"),
    }
    figures: dict[str, object] = {"latency_ms": LATENCY_MS, "ms_per_record": per}
    for parallel, count in by_parallel.items():
        records = int(count * scale)
        accord.put(accord.changes(range(records), f"changed by {parallel}"))
        stub.set(lat=LATENCY_MS, per=per)
        cpu = time.process_time()
        rate = records / _deliver(accord, parallel)
        figures[f"cpu_ms_per_record_{parallel}"] = round((time.process_time() - cpu) * 1000 / records, 3)
        counts = stub.counts()
        ceiling = 200 * parallel / (LATENCY_MS + 200 * per) * 1000
        figures[f"records_per_call_{parallel}"] = round(counts["records"] / counts["writes"], 1)
        figures[f"most_in_flight_{parallel}"] = counts["most_in_flight"]
        figures[f"share_of_ceiling_{parallel}"] = round(rate / ceiling, 2)
        rates[f"accord_{parallel}"] = rate
        figures[f"accord_{parallel}_over_loop"] = round(rate / rates["simple_salesforce_loop"], 1)
    figures["accord_1_over_jsforce_array"] = round(rates["accord_1"] / rates["jsforce_array"], 2)
    return {**{f"{name}_per_second": round(rate, 1) for name, rate in rates.items()}, **figures}


def _deliver(accord: Accord, parallel: int) -> float:
    """Seconds until nothing is due any more."""
    drain = replace(accord.parts.drain, parallel=parallel)
    place = (accord.connection.workspace_id, accord.connection.id)
    threads = [threading.Thread(target=drain.drain, args=place) for _ in range(parallel)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _simple_salesforce_loop(stub: Stub, records: int) -> float:
    client = Salesforce(instance_url=stub.base, session_id="00D!stub", session=stub.session(), version="67.0")
    tasks = cast("SFType", client.Task)
    tasks.update("00T000000000001EAA", {"Subject": "the first call opens the connection"})
    began = time.perf_counter()
    for number in range(records):
        tasks.update(f"00T{number + 1:012d}EAA", {"Subject": "changed in a loop", "Priority": "Normal"})
    return records / (time.perf_counter() - began)


def _jsforce(stub: Stub, records: int, way: str) -> float:
    command = [str(NODE), str(HERE / "jsforce_writes.mjs"), stub.base, str(records), way]
    surroundings = {**os.environ, "NODE_EXTRA_CA_CERTS": str(stub.ca_file)}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    return records / float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0)
    scale: float = parser.parse_args().scale
    with a_stub() as stub, engines() as found:
        for engine in found:
            accord = an_accord(engine.database, stub)
            stub.set(lat=0, per=0)
            most = max(max(by_parallel.values()) for _, _, by_parallel in AMOUNTS.values())
            accord.put(accord.changes(range(int(most * scale)), "made", creates=True))
            _deliver(accord, parallel=1)
            for per in AMOUNTS:
                case = f"{LATENCY_MS} ms a call" + (f" and {per} ms a record" if per else "")
                report("write_rate", case, partial(measure, accord, stub, per=per, scale=scale), engine=engine)


if __name__ == "__main__":
    main()
