"""What admins wish of messages: as JSON, and what a document has to be like to be taken. Pure."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from accord.core.errors import Problem, RejectedError
from accord.core.ids import UserId, widen
from accord.features.messages.groups import is_group
from accord.features.messages.model import MOST_PEOPLE, MessageSettings

MOST_PARKED: Final = 1_000_000
SWITCHES: Final = ("by_email", "by_bell", "tell_concerned")


def read_settings(values: Any, *, version: int) -> MessageSettings:
    """What a document leaves out is as it is by itself: files and lines of before know fewer settings.

    Raises RejectedError that names all that is wrong.
    """
    given = values if isinstance(values, Mapping) else {}
    problems = []
    parked = given.get("parked_more_than")
    if not isinstance(parked, int) or isinstance(parked, bool) or not 0 <= parked <= MOST_PARKED:
        problems.append(_problem("parked_more_than", f"Take a number from 0 to {MOST_PARKED}."))
    wrong = [name for name in SWITCHES if not isinstance(given.get(name, True), bool)]
    problems += [_problem(name, "Take true or false.") for name in wrong]
    people = given.get("people")
    if people is not None and not (isinstance(people, list) and 1 <= len(people) <= MOST_PEOPLE):
        problems.append(_problem("people", f"Choose 1 to {MOST_PEOPLE} people, or all admins."))
    elif people is not None and not all(_is_user(each) for each in people):
        problems.append(_problem("people", "Each of the people is the id of a Salesforce user (005…)."))
    group_id = given.get("group_id")
    if group_id is not None and not is_group(group_id):
        problems.append(_problem("group_id", "Take the id of a public group (00G…) or of a permission set (0PS…)."))
    elif group_id is not None and people is not None:
        problems.append(_problem("group_id", "Choose people or a group, not both."))
    if problems or not isinstance(parked, int):
        raise RejectedError(problems[0].message, problems=tuple(problems))
    return MessageSettings(
        parked_more_than=parked,
        **{name: given.get(name, True) for name in SWITCHES},
        people=None if people is None else tuple(sorted({UserId(widen(each)) for each in people})),
        group_id=None if group_id is None else widen(group_id),
        version=version,
    )


def _is_user(given: object) -> bool:
    try:
        return isinstance(given, str) and widen(given).startswith("005")
    except ValueError:
        return False


def unknown_people(settings: MessageSettings, known: Collection[UserId]) -> list[Problem]:
    """Those whom this org does not have, or who have never signed in here."""
    text = "{} has not signed in to Accord in this org, or may not any more. Choose others, or all admins."
    return [_problem("people", text.format(each)) for each in settings.people or () if each not in known]


def values_of(settings: MessageSettings) -> dict[str, Any]:
    return {
        "parked_more_than": settings.parked_more_than,
        **{name: getattr(settings, name) for name in SWITCHES},
        "people": None if settings.people is None else list(settings.people),
        "group_id": settings.group_id,
    }


def _problem(field: str, message: str) -> Problem:
    return Problem("INVALID_VALUE", message, field=field)
