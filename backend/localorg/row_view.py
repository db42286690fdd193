"""Records as the REST API answers them: with the fields that the user may see."""

from collections.abc import Sequence

from localorg.permissions import Access
from localorg.records import Row
from localorg.schema import Field, SObject


def attributes(sobject: SObject, record_id: str, *, root: str) -> dict[str, str]:
    return {"type": sobject.name, "url": f"{root}/sobjects/{sobject.name}/{record_id}"}


def view(access: Access, sobject: SObject, row: Row, *, root: str, fields: Sequence[Field] | None = None) -> Row:
    """The record with `fields`, or with all that the user may see."""
    chosen = access.visible_fields(sobject) if fields is None else fields
    shown = {field.name: row.get(field.name) for field in chosen}
    return {"attributes": attributes(sobject, row["Id"], root=root), **shown}
