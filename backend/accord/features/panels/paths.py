"""From a row to its field: over relationships where the row names a path, as one user's describes show it."""

from collections.abc import Callable, Iterable, Mapping

from accord.core.errors import RejectedError
from accord.features.panels.model import RowSpec
from accord.salesforce.model import FieldDescribe, Gateway, SObjectDescribe

MOST_STEPS = 4  # Salesforce: SOQL goes up five relationships, of which the Account of the deal is one
Describes = Mapping[str, SObjectDescribe]


def holder_of(row: RowSpec, find: Callable[[str], SObjectDescribe | None]) -> SObjectDescribe | None:
    """The object that has the row's field; None where a step of the path does not exist for this user.

    A lookup that may point to several objects leads nowhere: which fields its record has is known only for one record.
    """
    found = find(row.sobject)
    for step in row.steps[:-1]:
        if found is None:
            return None
        lookup = next((one for one in found.fields.values() if one.relationship_name == step), None)
        if lookup is None or len(lookup.reference_to) != 1:
            return None
        found = find(lookup.reference_to[0])
    return found


def field_of(row: RowSpec, describes: Describes) -> FieldDescribe | None:
    """The row's field in describes that `described` has gathered."""
    holder = holder_of(row, describes.get)
    return None if holder is None else holder.fields.get(row.steps[-1])


def described(gateway: Gateway, rows: Iterable[RowSpec]) -> Describes:
    """What the login sees of all objects on the rows' paths; one that is closed to it is left out."""
    found: dict[str, SObjectDescribe] = {}
    closed: set[str] = set()

    def find(sobject: str) -> SObjectDescribe | None:
        if sobject not in found and sobject not in closed:
            try:
                found[sobject] = gateway.describe(sobject)
            except RejectedError:
                closed.add(sobject)
        return found.get(sobject)

    for row in rows:
        holder_of(row, find)
    return found
