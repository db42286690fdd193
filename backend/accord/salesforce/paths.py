"""Over lookups from one object to another, as one user's describes show them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from accord.core.errors import RejectedError
from accord.salesforce.model import Gateway, SObjectDescribe

Describes = Mapping[str, SObjectDescribe]
Find = Callable[[str], SObjectDescribe | None]


def follow(sobject: str, steps: Sequence[str], find: Find) -> SObjectDescribe | None:
    """The object to which these relationship names lead from `sobject`; None where one does not exist for this user.

    A lookup that may point to several objects leads nowhere: which fields its record has is known only for one record.
    """
    found = find(sobject)
    for step in steps:
        if found is None:
            return None
        lookup = next((one for one in found.fields.values() if one.relationship_name == step), None)
        if lookup is None or len(lookup.reference_to) != 1:
            return None
        found = find(lookup.reference_to[0])
    return found


def described_along(gateway: Gateway, ways: Iterable[tuple[str, Sequence[str]]]) -> Describes:
    """What the login sees of all objects on these ways; one that is closed to it is left out."""
    found: dict[str, SObjectDescribe] = {}
    closed: set[str] = set()

    def find(sobject: str) -> SObjectDescribe | None:
        if sobject not in found and sobject not in closed:
            try:
                found[sobject] = gateway.describe(sobject)
            except RejectedError:
                closed.add(sobject)
        return found.get(sobject)

    for sobject, steps in ways:
        follow(sobject, steps, find)
    return found
