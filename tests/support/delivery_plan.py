"""A plan of intents that a delivering process and the test that kills it both know, and the check of its outcome."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accord.core.ids import ConnectionId, IntentId, external_id
from accord.delivery.model import Intent
from localorg.journal import JournalEntry
from support.builders import NOON


@dataclass(frozen=True, slots=True)
class Plan:
    """`records` Tasks, each made once and then changed until its last version; mixed, the same way every time."""

    name: str
    connection_id: ConnectionId
    records: int
    versions: int = 3

    @property
    def size(self) -> int:
        return self.records * self.versions

    def subject(self, record: int) -> str:
        return f"{self.name} {record:04d}"

    def intents(self) -> list[Intent]:
        order = [record for record in range(self.records) for _ in range(self.versions)]
        random.Random(self.name).shuffle(order)
        seen: dict[int, int] = defaultdict(int)
        intents = []
        for record in order:
            seen[record] += 1
            intents.append(self._intent(record, seen[record]))
        return intents

    def _intent(self, record: int, version: int) -> Intent:
        key = f"{self.name}:{record}"
        first = {"Subject": self.subject(record), "Status": "Completed"} if version == 1 else {}
        return Intent(
            id=IntentId(external_id(self.connection_id, "intent", f"{key}:{version}")),
            connection_id=self.connection_id,
            sobject="Task",
            external_id_field="Accord_Id__c",
            external_id=external_id(self.connection_id, "task", key),
            fields={**first, "Description": f"version {version}"},
            creates=version == 1,
            create_only=frozenset({"Status"}),
            entity=f"activity:{key}",
            kind="comment",
            login_reason="no_personal_connection",
            occurred_at=NOON,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Subjects of records that came to harm, by the org's own journal. All empty: the promise was kept."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    backwards: tuple[str, ...]

    @property
    def kept(self) -> bool:
        return not (self.lost or self.doubled or self.backwards)


def judge(plan: Plan, journal: Iterable[JournalEntry]) -> Verdict:
    """What became of the plan, told from committed effects alone."""
    subjects: dict[str, str] = {}
    made: dict[str, int] = defaultdict(int)
    written: dict[str, list[int]] = defaultdict(list)
    for entry in journal:
        if entry.object != "Task":
            continue
        if entry.op == "insert":
            subjects[entry.id] = str(entry.after.get("Subject"))
            made[subjects[entry.id]] += 1
        if "Description" in entry.after and entry.id in subjects:
            written[subjects[entry.id]].append(int(str(entry.after["Description"]).rpartition(" ")[2]))
    planned = [plan.subject(record) for record in range(plan.records)]
    return Verdict(
        lost=tuple(subject for subject in planned if plan.versions not in written[subject]),
        doubled=tuple(subject for subject in planned if made[subject] > 1),
        backwards=tuple(subject for subject in planned if written[subject] != sorted(written[subject])),
    )
