"""What the integration owner must be allowed so that members of plans become Contacts."""

from accord.core.needs import Need, Right
from accord.features.contacts.model import CONTACT, DEAL, KEY, LEAD_SOURCE, ROLE, ContactSettings

_MAKE = "make a member of a plan a Contact"
_LINK = "give a Contact its role on the deal"


def needs(settings: ContactSettings) -> tuple[Need, ...]:
    """None while it is off."""
    if not settings.enabled:
        return ()
    source = [Need(CONTACT, LEAD_SOURCE, Right.CREATE, "give new Contacts their lead source")]
    return (
        Need(CONTACT, "", Right.CREATE, _MAKE),
        Need(ROLE, "", Right.CREATE, _LINK),
        Need(CONTACT, KEY, Right.KEY, "make each Contact once"),
        *(Need(CONTACT, field, Right.CREATE, _MAKE) for field in ("LastName", "Email", "AccountId", "OwnerId")),
        *(source if settings.lead_source else ()),
        Need(ROLE, KEY, Right.KEY, "give each role once"),
        *(Need(ROLE, field, Right.CREATE, _LINK) for field in ("OpportunityId", "ContactId")),
        Need(DEAL, "AccountId", Right.READ, _MAKE),
    )
