"""Describes, kept for a quarter of an hour by org and user: two users of one org do not see the same fields (W11)."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accord.core.ids import OrgId, UserId, widen
from accord.salesforce.model import FieldDescribe, PicklistValue, SObjectDescribe

LASTS = timedelta(minutes=15)
MASTER_RECORD_TYPE = "012000000000000AAA"  # Salesforce: UI API guide, the record type of objects that have none
MOST_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose view an entry is."""

    org_id: OrgId
    user_id: UserId


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    until: datetime


class DescribeCache:
    """One for the program; any number of threads. What several threads want at once is fetched once."""

    def __init__(self, *, most_entries: int = MOST_ENTRIES, lasts: timedelta = LASTS) -> None:
        self._most_entries = most_entries
        self._lasts = lasts
        self._lock = threading.Lock()
        self._entries: OrderedDict[tuple[Hashable, Hashable], _Entry] = OrderedDict()
        self._under_way: dict[tuple[Hashable, Hashable], Future[Any]] = {}

    def get(self, owner: Hashable, what: Hashable, *, now: datetime, fetch: Callable[[], Any]) -> Any:
        """The kept value, or what `fetch` gives. Its exception goes to every thread that waits, and is not kept."""
        key = (owner, what)
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and now < entry.until:
                self._entries.move_to_end(key)
                return entry.value
            waiting = self._under_way.get(key)
            mine: Future[Any] | None = None
            if waiting is None:
                mine = self._under_way[key] = Future()
        if mine is None:
            assert waiting is not None
            return waiting.result()
        return self._fetch(key, mine, until=now + self._lasts, fetch=fetch)

    def forget(self, owner: Hashable) -> None:
        """Drops all of one owner. What is being fetched for him at this moment is given to who waits, but not kept."""
        with self._lock:
            for key in [key for key in self._entries if key[0] == owner]:
                del self._entries[key]
            for key in [key for key in self._under_way if key[0] == owner]:
                del self._under_way[key]

    def _fetch(
        self, key: tuple[Hashable, Hashable], mine: Future[Any], *, until: datetime, fetch: Callable[[], Any]
    ) -> Any:
        try:
            value = fetch()
        except BaseException as problem:
            self._done(key, mine, None)
            mine.set_exception(problem)
            raise
        self._done(key, mine, _Entry(value, until))
        mine.set_result(value)
        return value

    def _done(self, key: tuple[Hashable, Hashable], mine: Future[Any], entry: _Entry | None) -> None:
        with self._lock:
            if self._under_way.get(key) is not mine:
                return  # forgotten in the meantime
            del self._under_way[key]
            if entry is not None:
                self._entries[key] = entry
                self._entries.move_to_end(key)
                while len(self._entries) > self._most_entries:
                    self._entries.popitem(last=False)


def read_describe(body: Mapping[str, Any]) -> SObjectDescribe:
    """The describe in an answer. Raises KeyError, TypeError or ValueError for another shape."""
    fields = [_read_field(field) for field in body["fields"]]
    return SObjectDescribe(
        name=str(body["name"]),
        label=str(body["label"]),
        updateable=body["updateable"] is True,
        fields={field.name: field for field in fields},
        createable=body["createable"] is True,
    )


def _read_field(field: Mapping[str, Any]) -> FieldDescribe:
    return FieldDescribe(
        name=str(field["name"]),
        label=str(field["label"]),
        type=str(field["type"]),
        length=int(field["length"]),
        precision=int(field["precision"]),
        scale=int(field["scale"]),
        createable=field["createable"] is True,
        updateable=field["updateable"] is True,
        nillable=field["nillable"] is True,
        defaulted_on_create=field["defaultedOnCreate"] is True,
        calculated=field["calculated"] is True,
        restricted_picklist=field["restrictedPicklist"] is True,
        extra_type_info=field.get("extraTypeInfo"),
        reference_to=tuple(str(name) for name in field.get("referenceTo") or ()),
        relationship_name=field.get("relationshipName"),
        external_id=field.get("externalId") is True,
        unique=field.get("unique") is True,
        controller=field.get("controllerName"),
    )


def read_picklist(body: Mapping[str, Any]) -> tuple[PicklistValue, ...]:
    """The values of a UI API answer, in order. Raises KeyError or TypeError for another shape.

    Salesforce: UI API guide, "Picklist Values": `validFor` holds indexes of `controllerValues`, which is empty for an
    independent picklist, and for a dependent one whose controlling field this user may not see.
    """
    controlling = {int(index): str(value) for value, index in (body.get("controllerValues") or {}).items()}
    return tuple(
        PicklistValue(
            value=str(item["value"]),
            label=str(item["label"]),
            valid_for=tuple(controlling[at] for at in item["validFor"] if at in controlling) if controlling else None,
        )
        for item in body["values"]
    )


def record_type(record_type_id: str | None) -> str:
    """The record type to ask with: the master one when the object has none. Raises ValueError for a malformed id."""
    return widen(record_type_id) if record_type_id else MASTER_RECORD_TYPE
