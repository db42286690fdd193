"""What the reader of a list of writes may see of its values, asked under his own login (S3)."""

from collections import defaultdict
from collections.abc import Iterable

from accord.core.errors import RejectedError
from accord.core.ids import RecordId, widen
from accord.core.written import WriteLine
from accord.features.writes.model import Sight
from accord.salesforce.model import Gateway
from accord.salesforce.soql import in_, select

CHUNK = 200


def look(gateway: Gateway, lines: Iterable[WriteLine]) -> Sight:
    """A describe, from the cache most often, and a call for each 200 records of each object whose values are told.

    The fields are asked for, though their values are not kept: so Salesforce itself says whether he may see them now.
    """
    told = [line for line in lines if line.values and line.record_id is not None]
    try:
        return _look(gateway, told)
    except RejectedError as refused:
        # a field that the kept describe still shows may be closed or gone since
        if all(problem.code != "INVALID_FIELD" for problem in refused.problems):
            raise
    gateway.forget_describes()
    return _look(gateway, told)


def _look(gateway: Gateway, lines: Iterable[WriteLine]) -> Sight:
    records: dict[str, set[RecordId]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        assert line.record_id is not None
        records[line.sobject].add(line.record_id)
        names[line.sobject].update(value.field for value in line.values)
    fields: dict[str, frozenset[str]] = {}
    seen: set[RecordId] = set()
    for sobject, wanted in sorted(records.items()):
        try:
            described = gateway.describe(sobject)
        except RejectedError:
            continue  # he sees nothing of this object
        fields[sobject] = frozenset(names[sobject].intersection(described.fields))
        ids = sorted(wanted)
        for start in range(0, len(ids), CHUNK):
            query = select("Id", *sorted(fields[sobject])).from_(sobject).where(in_("Id", ids[start : start + CHUNK]))
            seen.update(RecordId(widen(str(row["Id"]))) for row in gateway.query(query))
    return Sight(fields, frozenset(seen))
