"""Which fields of which records a user may see at this moment, asked under his own login: values that we keep are shown
to nobody else (S3).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from accord.core.errors import RejectedError
from accord.core.ids import RecordId, widen
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """Fields of a record of which we keep values."""

    sobject: str
    record_id: RecordId
    fields: Collection[str]


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees; nothing, unless it is said. Names of fields are compared as Salesforce writes them.

    `fields`: by object, what Salesforce calls each field for him, by its name.
    """

    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    records: frozenset[RecordId] = frozenset()

    def sees(self, sobject: str, name: str, record_id: RecordId | None) -> bool:
        return record_id in self.records and name in self.fields.get(sobject, {})

    def label(self, sobject: str, name: str) -> str | None:
        """What Salesforce calls the field for him; None where he does not see it."""
        return self.fields.get(sobject, {}).get(name)


def look(gateway: Gateway, kept: Collection[Kept]) -> Sight:
    """A describe of each object, from the cache most often, and a call for each 200 records of it.

    The fields are asked for, though their values are not kept: so Salesforce itself says whether he may see them now.
    """
    try:
        return _look(gateway, kept)
    except RejectedError as refused:
        # a field that the kept describe still shows may be closed or gone since
        if all(problem.code != "INVALID_FIELD" for problem in refused.problems):
            raise
    gateway.forget_describes()
    return _look(gateway, kept)


def _look(gateway: Gateway, kept: Iterable[Kept]) -> Sight:
    records: dict[str, set[RecordId]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for one in kept:
        records[one.sobject].add(one.record_id)
        names[one.sobject].update(one.fields)
    fields: dict[str, dict[str, str]] = {}
    seen: set[RecordId] = set()
    for sobject, wanted in sorted(records.items()):
        try:
            described = gateway.describe(sobject)
        except RejectedError:
            continue  # he sees nothing of this object
        shown = names[sobject].intersection(described.fields)
        fields[sobject] = {name: described.fields[name].label for name in shown}
        ids = sorted(wanted)
        for start in range(0, len(ids), CHUNK):
            query = select("Id", *sorted(fields[sobject])).from_(sobject).where(in_("Id", ids[start : start + CHUNK]))
            seen.update(RecordId(widen(str(row["Id"]))) for row in gateway.query(query))
    return Sight(fields, frozenset(seen))
