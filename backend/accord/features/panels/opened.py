"""Named fields that an admin has opened to people without a Salesforce login of their own: read, never saved (S3).

The integration owner reads them. Nothing else is asked for: neither the deal's name nor the account's id, not what
decides about tabs, locks and picklists; so nothing else can leak.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from accord.core.errors import NotFoundError
from accord.core.ids import RecordId
from accord.features.panels.model import ACCOUNT, CURRENCY, DEAL, Layout, Locked, Panel, Row, RowSpec, RowType, Tab
from accord.features.panels.paths import field_of, holder_of
from accord.features.panels.record import describes_of, value_at
from accord.features.panels.row_types import row_type
from accord.salesforce.canonical import canonical
from accord.salesforce.model import FieldDescribe, Gateway
from accord.salesforce.paths import Describes
from accord.salesforce.soql import eq, select


def read_opened(gateway: Gateway, deal_id: RecordId, layout: Layout) -> Panel:
    """The opened rows of a deal, all locked. `layout` holds these alone; the caller is known to see the deal.

    Raises NotFoundError for a deal that the integration owner does not see.
    """
    describes = describes_of(gateway, layout)
    paths = dict.fromkeys(path for row in layout.rows for path in _paths(row, describes))
    found = gateway.query(select("Id", *paths).from_(DEAL).where(eq("Id", deal_id)))
    if not found:
        raise NotFoundError("deal")
    tabs = (
        Tab(tab.key, tab.label, tuple(_row(row, describes, found[0], deal_id, layout) for row in tab.rows))
        for tab in layout.filled
    )
    return Panel(record_id=deal_id, name="", tabs=tuple(tabs))


def _paths(row: RowSpec, describes: Describes) -> Iterable[str]:
    found, holder = field_of(row, describes), holder_of(row, describes.get)
    if found is None or holder is None or row_type(found) is None:
        return
    prefix = "" if row.sobject == DEAL else f"{row.sobject}."
    yield prefix + row.field
    if found.type == "currency" and CURRENCY in holder.fields:
        yield prefix + row.beside(CURRENCY).field


def _row(spec: RowSpec, describes: Describes, record: Mapping[str, Any], deal_id: RecordId, layout: Layout) -> Row:
    describe = field_of(spec, describes)
    record_id = deal_id if spec.sobject == DEAL else None
    if describe is None:
        gone = spec.key in layout.gone
        return Row(spec, record_id, RowType.TEXT, locked=Locked.FIELD_GONE if gone else Locked.NOT_READ)
    found = row_type(describe)
    if found is None:
        return Row(spec, record_id, RowType.TEXT, locked=Locked.TYPE_NOT_ALLOWED)
    return Row(
        spec=spec,
        record_id=record_id,
        type=found,
        value=_value(spec, describe, record),
        locked=Locked.NO_LOGIN,
        describe=describe,
        currency=_at(spec.beside(CURRENCY), record) if found is RowType.CURRENCY else None,
    )


def _value(spec: RowSpec, describe: FieldDescribe, record: Mapping[str, Any]) -> Any:
    return canonical(describe, _at(spec, record))


def _at(spec: RowSpec, record: Mapping[str, Any]) -> Any:
    return value_at(record, spec.steps if spec.sobject == DEAL else (ACCOUNT, *spec.steps))
