"""From a row to its field: over relationships where the row names a path, as one user's describes show it."""

from collections.abc import Iterable

from accord.features.panels.model import RowSpec
from accord.salesforce.model import FieldDescribe, Gateway, SObjectDescribe
from accord.salesforce.paths import NAME_OBJECT, Describes, Find, described_along, follow

MOST_STEPS = 4  # Salesforce: SOQL goes up five relationships, of which the Account of the deal is one


def holder_of(row: RowSpec, find: Find) -> SObjectDescribe | None:
    """The object that has the row's field; None where a step of the path does not exist for this user."""
    return follow(row.sobject, row.steps[:-1], find, to_read=True)


def field_of(row: RowSpec, describes: Describes) -> FieldDescribe | None:
    """The row's field in describes that `described` has gathered."""
    holder = holder_of(row, describes.get)
    return None if holder is None else holder.fields.get(row.steps[-1])


def described(gateway: Gateway, rows: Iterable[RowSpec]) -> Describes:
    """What the login sees of all objects on the rows' paths; one that is closed to it is left out."""
    return described_along(gateway, ((row.sobject, row.steps[:-1]) for row in rows), to_read=True)


def goes_over_several(row: RowSpec, find: Find) -> bool:
    """Whether a step of the path is a lookup to records of several objects, such as a user or a queue."""
    ways = (row.steps[:place] for place in range(1, len(row.steps)))
    return any(follow(row.sobject, steps, find, to_read=True) is NAME_OBJECT for steps in ways)
