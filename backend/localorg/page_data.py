"""What the record page shows, read from the org with the rights of the user who looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from localorg.org import Org, User
from localorg.permissions import Access
from localorg.records import Row
from localorg.schema import Field, SObject
from localorg.setup import PageSection

ORG_CURRENCY = "USD"
"""The currency of this org and all its users; it has one."""

_KINDS = {
    "currency": "currency",
    "double": "number",
    "int": "number",
    "percent": "percent",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
    "textarea": "long_text",
    "reference": "reference",
    "url": "url",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which fields stand where; a field that the org lacks or the user may not see is left out."""

    highlights: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]


_INFORMATION = (
    *("Name", "AccountId", "CloseDate", "Amount", "StageName", "Probability", "NextStep", "OwnerId"),
    *("Type", "LeadSource", "RecordTypeId", "ExpectedRevenue"),
)
LAYOUTS: Mapping[str, Layout] = {
    "Opportunity": Layout(
        highlights=("AccountId", "CloseDate", "Amount", "StageName", "OwnerId"),
        sections=(
            (
                "Opportunity Information",
                _INFORMATION,
            ),
            ("Description Information", ("Description",)),
            ("System Information", ("CreatedById", "CreatedDate", "LastModifiedById", "LastModifiedDate")),
        ),
    ),
}
_CUSTOM_SECTION = "Additional Information"


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is shown: `raw` for the browser to format by locale, `text` where there is nothing to format."""

    kind: str
    raw: Any
    text: str
    currency: str = ORG_CURRENCY
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the path; `state` is done, current, ahead, won or lost."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class TaskView:
    id: str
    subject: str
    status: str | None
    is_closed: bool
    owner: str | None
    related_to: str | None
    contact: str | None
    due: str | None
    created_by: str | None
    created_at: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record page. `after` is the journal's last entry when it was read: the page follows from there."""

    id: str
    object: str
    object_label: str
    name: str
    after: int
    highlights: tuple[Item, ...]
    sections: tuple[Section, ...]
    path: tuple[Stage, ...]
    can_see_activities: bool
    activities: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    id: str
    name: str
    values: tuple[Value, ...]


class Reader:
    """Reads for one user. Make one per answer: what it reads is one moment, under the org's lock."""

    def __init__(self, org: Org, viewer: User) -> None:
        self._org = org
        self._viewer_id = viewer.id
        self._access: Access = org.access(viewer.id)

    def find_record(
        self, sobject_name: str, record_id: str, own_sections: Sequence[PageSection] = ()
    ) -> RecordView | None:
        """None when the page does not show such objects, or the user sees no such record.

        `own_sections`: what an administrator has put on the page; the other custom fields stand together.
        """
        layout = LAYOUTS.get(sobject_name)
        with self._org.lock:
            if layout is None or not self._access.object(sobject_name).read:
                return None
            sobject = self._org.schema.get(sobject_name)
            row = self._find(sobject_name, record_id)
            if row is None:
                return None
            can_see_tasks = self._access.object("Task").read
            return RecordView(
                id=row["Id"],
                object=sobject_name,
                object_label=sobject.label,
                name=str(row.get("Name") or ""),
                after=self._org.journal.last_seq,
                highlights=self._items(sobject, row, layout.highlights),
                sections=self._sections(sobject, row, layout, own_sections),
                path=self._path(row) if sobject_name == "Opportunity" else (),
                can_see_activities=can_see_tasks,
                activities=self._tasks(row["Id"]) if can_see_tasks else (),
            )

    def list_records(self, sobject_name: str, columns: Sequence[str]) -> tuple[tuple[Item, ...], list[ListRow]] | None:
        """Columns (with empty values) that the user may see, and all rows by name; None without the right to read."""
        with self._org.lock:
            if not self._access.object(sobject_name).read:
                return None
            sobject = self._org.schema.get(sobject_name)
            heads = self._items(sobject, {}, columns)
            rows = [
                ListRow(
                    id=row["Id"],
                    name=str(row.get("Name") or ""),
                    values=tuple(item.value for item in self._items(sobject, row, columns)),
                )
                for row in self._org.records.all(sobject_name)
                if self._may_see(row)
            ]
            return heads, sorted(rows, key=lambda row: row.name.casefold())

    def facts_for_flow(self, sobject_name: str, record_id: str) -> Row:
        """The record's fields as a flow reads them (a flow runs in system context)."""
        with self._org.lock:
            row = self._org.records.find(sobject_name, record_id) or {}
            return {name: value for name, value in row.items() if not name.startswith("_")}

    def _find(self, sobject_name: str, record_id: str) -> Row | None:
        row = self._org.records.find(sobject_name, record_id)
        return row if row is not None and self._may_see(row) else None

    def _may_see(self, row: Row) -> bool:
        """Sharing: a seed may hide single records from a user."""
        return self._viewer_id not in row.get("_hidden_from", ())

    def _sections(
        self, sobject: SObject, row: Row, layout: Layout, own_sections: Sequence[PageSection]
    ) -> tuple[Section, ...]:
        placed = {name for one in own_sections for name in one.fields}
        custom = tuple(field.name for field in sobject.fields.values() if field.custom and field.name not in placed)
        first, *rest = layout.sections
        own = [(one.name, one.fields) for one in own_sections]
        wanted = [first, *own, (_CUSTOM_SECTION, custom), *rest]
        sections = (Section(title, self._items(sobject, row, names)) for title, names in wanted)
        return tuple(section for section in sections if section.items)

    def _items(self, sobject: SObject, row: Row, names: Sequence[str]) -> tuple[Item, ...]:
        fields = (sobject.fields.get(name) for name in names)
        return tuple(
            Item(field.name, _label(field), self._value(field, row.get(field.name)))
            for field in fields
            if field is not None and self._access.field(sobject.name, field.name).read
        )

    def _value(self, field: Field, raw: Any) -> Value:
        kind = _KINDS.get(field.type, "text")
        if kind != "reference" or raw is None:
            return Value(kind, raw, "" if raw is None else str(raw))
        target = self._org.schema.of_id(raw)
        href = f"/lightning/r/{target.name}/{raw}/view" if target and target.name in LAYOUTS else None
        return Value(kind, raw, self._name_of(raw) or raw, href=href)

    def _name_of(self, record_id: Any) -> str | None:
        target = self._org.schema.of_id(record_id) if isinstance(record_id, str) else None
        if target is None or not self._access.object(target.name).read:
            return None
        row = self._find(target.name, record_id)
        return str(row.get("Name") or record_id) if row else None

    def _path(self, row: Row) -> tuple[Stage, ...]:
        """The open stages in their order, and one last step for the end."""
        if not self._access.field("Opportunity", "StageName").read:
            return ()
        allowed = self._stages_of_record_type(row.get("RecordTypeId"))
        stages = sorted(self._org.records.all("OpportunityStage"), key=lambda stage: stage["SortOrder"])
        current = next((stage for stage in stages if stage["ApiName"] == row.get("StageName")), None)
        steps = [
            stage
            for stage in stages
            if not stage["IsClosed"] and (allowed is None or stage["ApiName"] in allowed or stage is current)
        ]
        if current is not None and current["IsClosed"]:
            won = bool(current["IsWon"])
            done = tuple(Stage(stage["MasterLabel"], "done" if won else "ahead") for stage in steps)
            return (*done, Stage(current["MasterLabel"], "won" if won else "lost"))
        at = next((index for index, stage in enumerate(steps) if stage is current), -1)
        states = ["done" if index < at else "current" if index == at else "ahead" for index in range(len(steps))]
        open_steps = tuple(Stage(stage["MasterLabel"], state) for stage, state in zip(steps, states, strict=True))
        return (*open_steps, Stage("Closed", "ahead"))

    def _stages_of_record_type(self, record_type_id: Any) -> frozenset[str] | None:
        record_type = self._org.records.find("RecordType", record_type_id) if record_type_id else None
        allowed = (record_type or {}).get("_picklists", {}).get("StageName")
        return frozenset(allowed) if allowed else None

    def _tasks(self, record_id: str) -> tuple[TaskView, ...]:
        rows = [row for row in self._org.records.all("Task") if row.get("WhatId") == record_id and self._may_see(row)]
        rows.sort(key=lambda row: (str(row.get("CreatedDate") or ""), row["Id"]), reverse=True)
        return tuple(self._task(row) for row in rows)

    def _task(self, row: Row) -> TaskView:
        def seen(name: str) -> Any:
            return row.get(name) if self._access.field("Task", name).read else None

        return TaskView(
            id=row["Id"],
            subject=seen("Subject") or "(no subject)",
            status=seen("Status"),
            is_closed=bool(row.get("IsClosed")),
            owner=self._name_of(seen("OwnerId")),
            related_to=self._name_of(seen("WhatId")),
            contact=self._name_of(seen("WhoId")),
            due=seen("ActivityDate"),
            created_by=self._name_of(seen("CreatedById")),
            created_at=seen("CreatedDate"),
            description=seen("Description"),
        )


def _label(field: Field) -> str:
    """Salesforce shows a lookup under the name of what it points to: "Account ID" becomes "Account"."""
    return field.label.removesuffix(" ID") if field.type == "reference" else field.label
