"""Over lookups from one object to another, as one user's describes show them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from accord.core.errors import RejectedError
from accord.salesforce.model import FieldDescribe, Gateway, SObjectDescribe

Describes = Mapping[str, SObjectDescribe]
Find = Callable[[str], SObjectDescribe | None]


def _name_field(name: str, label: str, length: int) -> FieldDescribe:
    return FieldDescribe(
        name=name,
        label=label,
        type="string",
        length=length,
        precision=0,
        scale=0,
        createable=False,
        updateable=False,
        nillable=True,
        defaulted_on_create=False,
        calculated=False,
        restricted_picklist=False,
        extra_type_info=None,
        reference_to=(),
        relationship_name=None,
        external_id=False,
        unique=False,
    )


# Salesforce: Object Reference, "Name": through a lookup to several objects a query finds the fields of this object,
# whichever of them the record belongs to; all but Name are empty for a queue. It cannot be asked for or written itself.
# Of its fields those of text stand here, as long as they are in User, Contact, Lead, Group and Account at most.
NAME_OBJECT = SObjectDescribe(
    name="Name",
    label="Name",
    updateable=False,
    fields={
        field.name: field
        for field in (
            _name_field("Alias", "Alias", 8),
            _name_field("FirstName", "First Name", 40),
            _name_field("LastName", "Last Name", 80),
            _name_field("Name", "Name", 255),
            _name_field("Title", "Title", 128),
            _name_field("Username", "Username", 80),
        )
    },
)


def follow(sobject: str, steps: Sequence[str], find: Find, *, to_read: bool = False) -> SObjectDescribe | None:
    """The object to which these relationship names lead from `sobject`; None where one does not exist for this user.

    A lookup that may point to several objects leads to NAME_OBJECT for who only wants `to_read`, else nowhere: which
    fields its record has is known only for one record.
    """
    found = find(sobject)
    for step in steps:
        if found is None:
            return None
        lookup = next((one for one in found.fields.values() if one.relationship_name == step), None)
        if lookup is None or not lookup.reference_to:
            return None
        if len(lookup.reference_to) == 1:
            found = find(lookup.reference_to[0])
        else:
            found = NAME_OBJECT if to_read and _any_is_seen(lookup, find) else None
    return found


def _any_is_seen(lookup: FieldDescribe, find: Find) -> bool:
    """A query over a lookup of whose objects this user sees none is refused as a whole. Users are the likeliest."""
    return any(find(one) for one in sorted(lookup.reference_to, key=lambda name: name != "User"))


def described_along(gateway: Gateway, ways: Iterable[tuple[str, Sequence[str]]], *, to_read: bool = False) -> Describes:
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
        follow(sobject, steps, find, to_read=to_read)
    return found
