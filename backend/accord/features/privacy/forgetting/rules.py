"""What names a record or a person, and what is counted where. Values in, values out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from accord.features.privacy.forgetting.model import PlanPerson, Subject, Wanted
from accord.features.privacy.places.model import PLACES, Place, place_of

FORGOTTEN: Final = "(forgotten)"  # stands in words and in links alike


def text_of(value: Any) -> str:
    """All words of a JSON value, keys too, each on a line of its own."""
    if isinstance(value, Mapping):
        return "\n".join(text_of(each) for pair in value.items() for each in pair)
    if isinstance(value, list | tuple):
        return "\n".join(text_of(each) for each in value)
    return str(value)


def is_named(text: str, ids: Iterable[str], names: Iterable[str] = ()) -> bool:
    """Whether the text holds one of the ids anywhere, or one of the names or addresses as a word of its own."""
    return any(one in text for one in ids) or any(_as_a_word(one).search(text) for one in names)


def _as_a_word(name: str) -> re.Pattern[str]:
    # ann@x.example is neither joann@x.example nor ann@x.example.org, but may end a sentence
    return re.compile(rf"(?<![\w.+@-]){re.escape(name)}(?![\w@-])(?!\.\w)", re.IGNORECASE)


def without(value: Any, ids: Iterable[str], names: Iterable[str]) -> Any:
    """A JSON value with what `is_named` finds taken out of its words; its keys are ours."""
    if isinstance(value, Mapping):
        return {key: without(each, ids, names) for key, each in value.items()}
    if isinstance(value, list):
        return [without(each, ids, names) for each in value]
    if not isinstance(value, str):
        return value
    for one in sorted(ids, key=len, reverse=True):
        value = value.replace(one, FORGOTTEN)
    for one in sorted(names, key=len, reverse=True):
        value = _as_a_word(one).sub(FORGOTTEN, value)
    return value


def words_for(people: Iterable[PlanPerson]) -> frozenset[str]:
    """The texts by which people of plans are looked for elsewhere. A name of one word would find too much."""
    found = {text.strip() for one in people for text in (one.email, one.name)}
    return frozenset(text for text in found if "@" in text or " " in text)


def is_same_person(one: PlanPerson, wanted: Wanted) -> bool:
    """By his address in any case, or by the Contact that he is. Our own member's rows go with the member."""
    if one.member_id is not None and one.member_id == wanted.member_id:
        return False
    return one.email.strip().casefold() in wanted.emails or (
        one.contact_id is not None and one.contact_id in wanted.ids
    )


def by_place(deleted: Mapping[str, int]) -> list[tuple[Place, int]]:
    """Rows of tables as rows of places, in the order of the places; places without any are left out."""
    counts: Counter[str] = Counter()
    for table, number in deleted.items():
        counts[place_of(table).name] += number
    return [(place, counts[place.name]) for place in PLACES if counts[place.name]]


def is_confirmed(subject: Subject, typed: str) -> bool:
    """Whether what was typed is what is to be forgotten: ids of Salesforce are not blind to case, addresses are."""
    if subject.email is not None:
        return typed.strip().casefold() == subject.email.strip().casefold()
    return typed.strip() == subject.salesforce_id
