"""The records themselves, with the indexes that make external ids unique and upserts fast."""

from collections.abc import Iterator, Mapping
from typing import Any

from localorg.schema import Field, Schema, SObject

# A record: API field name -> JSON value as the REST API answers it. Names with a leading underscore are the local
# org's own (`_hidden_from`): never answered, never queried.
Row = dict[str, Any]


class Records:
    """Tables by object. Writers go through a transaction; a stored row is replaced, never changed in place."""

    def __init__(self) -> None:
        self.schema = Schema(objects={})
        self._live: dict[str, dict[str, Row]] = {}
        self._deleted: dict[str, dict[str, Row]] = {}
        self._keys: dict[tuple[str, str], dict[str, set[str]]] = {}
        self.versions: dict[str, int] = {}

    def use(self, schema: Schema) -> None:
        """Takes a (new) schema and builds its indexes from what is stored."""
        self.schema = schema
        self._keys = {(o.name, f.name): {} for o in schema.objects.values() for f in o.key_fields}
        for name in schema.objects:
            self._live.setdefault(name, {})
            self._deleted.setdefault(name, {})
            for row in self._live[name].values():
                self._index(schema.objects[name], row)

    def find(self, sobject: str, record_id: str) -> Row | None:
        return self._live[sobject].get(record_id)

    def find_deleted(self, sobject: str, record_id: str) -> Row | None:
        return self._deleted[sobject].get(record_id)

    def all(self, sobject: str, *, with_deleted: bool = False) -> Iterator[Row]:
        yield from list(self._live[sobject].values())
        if with_deleted:
            yield from list(self._deleted[sobject].values())

    def count(self, sobject: str) -> int:
        return len(self._live[sobject])

    def with_key(self, sobject: str, field: Field, value: object) -> list[str]:
        """Ids of the live records that carry `value` in an indexed field, oldest first."""
        found = self._keys[sobject, field.name].get(index_key(field, value), set())
        return sorted(found)

    def set(self, sobject: str, record_id: str, row: Row | None) -> Row | None:
        """Stores, replaces or (None) forgets a row; answers what stood there. A row with IsDeleted lies in the bin."""
        live, bin_ = self._live[sobject], self._deleted[sobject]
        known = self.schema.objects[sobject]
        before = live.get(record_id)
        if before is not None:
            self._unindex(known, before)
        else:
            before = bin_.pop(record_id, None)
        if row is None or row.get("IsDeleted"):
            live.pop(record_id, None)
            if row is not None:
                bin_[record_id] = row
        else:
            live[record_id] = row
            self._index(known, row)
        self.versions[sobject] = self.versions.get(sobject, 0) + 1
        return before

    def load(self, sobject: str, rows: Mapping[str, Row]) -> None:
        """Rows as stored in a data file, before a schema is in use."""
        for record_id, row in rows.items():
            place = self._deleted if row.get("IsDeleted") else self._live
            place.setdefault(sobject, {})[record_id] = row

    def _index(self, sobject: SObject, row: Row) -> None:
        for field in sobject.key_fields:
            value = row.get(field.name)
            if value is not None:
                entries = self._keys[sobject.name, field.name]
                entries.setdefault(index_key(field, value), set()).add(row["Id"])

    def _unindex(self, sobject: SObject, row: Row) -> None:
        for field in sobject.key_fields:
            value = row.get(field.name)
            if value is not None:
                self._keys[sobject.name, field.name].get(index_key(field, value), set()).discard(row["Id"])


def index_key(field: Field, value: object) -> str:
    """Salesforce: unique text is compared without case unless the field is case-sensitive."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return text if field.case_sensitive else text.casefold()
