"""Which fields of Salesforce can be rows of the panel, and which can be variables."""

from collections.abc import Callable

from accord.features.panels.model import RowType
from accord.salesforce.model import FieldDescribe

TEXT_LENGTH = 255
CHOSEN = frozenset({RowType.PICKLIST, RowType.MULTIPICKLIST})  # their values are offered
TypeOf = Callable[[FieldDescribe], RowType | None]


def row_type(describe: FieldDescribe) -> RowType | None:
    """The panel's type of a field, or None when it is none of the six."""
    match describe.type:
        case "date":
            return RowType.DATE
        case "currency":
            return RowType.CURRENCY
        case "double" | "int":
            return RowType.NUMBER
        case "picklist":
            return RowType.PICKLIST
        case "string" if describe.length <= TEXT_LENGTH:
            return RowType.TEXT
        case "textarea" if describe.extra_type_info != "richtextarea":
            return RowType.LONG_TEXT
        case _:
            return None


def variable_type(describe: FieldDescribe) -> RowType | None:
    """The type of a field as a variable (D30), or None when it can be none: more than the six of a row."""
    match describe.type:
        case "boolean":
            return RowType.BOOLEAN
        case "multipicklist":
            return RowType.MULTIPICKLIST
        case "percent":
            return RowType.PERCENT
        case _:
            return row_type(describe)
