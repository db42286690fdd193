"""Decisions about access: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from accord.core.text import printable
from accord.features.access.model import LABELS, Kind, Missing, OrgUser, OurSet, Person, Preview, Skipped
from accord.salesforce.licences import FULL, UNFIT_FOR_PEOPLE

NO_OWN_LOGIN: Final = (
    "Accord assigns permission sets with your own Salesforce login alone, so that Salesforce decides whether you may."
    " You have none here: open the panel from a record page, connect your login, or assign them in Setup."
)
ALREADY: Final = "has it already"


def person_of(user: OrgUser) -> Person:
    """What a user may do. Either set lets his flows run Accord's actions: both carry the credential."""
    admin, rep = OurSet.ADMIN in user.sets, OurSet.REP in user.sets
    missing: list[Missing] = []
    if user.unfit_licence is not None:
        why = f"he has {user.unfit_licence}, {UNFIT_FOR_PEOPLE[user.unfit_licence]}"
        missing.append(Missing("licence", f"Licence {FULL}", why))
    if not (admin or rep):
        does = "use the panel" if user.kind is Kind.USER else "run flows that no person starts with Accord's actions"
        missing.append(Missing("permission_set", LABELS[OurSet.REP], f"to {does}"))
    elif user.kind is Kind.USER and not user.has_api:
        missing.append(Missing("user_permission", "API Enabled", "to have his own name on Tasks that Accord writes"))
    return Person(user, rep=admin or rep, admin=admin, flow=admin or rep, missing=tuple(missing))


def decide_preview(users: Mapping[str, OrgUser], wanted: Iterable[str], permission_set: OurSet) -> Preview:
    """Who of the wanted would get the set. `users` are the active ones, by id."""
    gives: list[OrgUser] = []
    skips: list[Skipped] = []
    for user_id in dict.fromkeys(wanted):
        user = users.get(user_id)
        if user is None:
            skips.append(Skipped(printable(user_id), "", "is no active user of this org"))
        elif permission_set in user.sets:
            skips.append(Skipped(user.user_id, user.name, ALREADY))
        elif user.unfit_licence is not None:
            has = f"has the licence {user.unfit_licence}, {UNFIT_FOR_PEOPLE[user.unfit_licence]}"
            skips.append(Skipped(user.user_id, user.name, has))
        elif user.kind is Kind.AUTOMATED_PROCESS and permission_set is OurSet.ADMIN:
            skips.append(Skipped(user.user_id, user.name, "is no person and administers nothing"))
        else:
            gives.append(user)
    return Preview(permission_set, gives, skips, _ticket(permission_set, gives))


def _ticket(permission_set: OurSet, gives: Sequence[OrgUser]) -> str:
    text = "|".join([permission_set, *sorted(user.user_id for user in gives)])
    return sha256(text.encode()).hexdigest()
