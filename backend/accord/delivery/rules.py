"""What becomes of an intent's fields when intents meet, or Salesforce refuses some of them. Values in, values out."""

from collections.abc import Container
from dataclasses import replace

from accord.core.ids import MemberId
from accord.delivery.model import Held, Intent, Refusal


def as_later_write(intent: Intent) -> Intent:
    """A write of a record that is there, or will be when this one's turn comes."""
    changed = {name: value for name, value in intent.fields.items() if name not in intent.create_only}
    return replace(intent, fields=changed, creates=False, create_only=frozenset())


def fold(parked: Intent, following: Intent) -> Intent:
    """One intent that does what the two did one after the other, under the id of the second.

    The login of the first stays when it makes the record: the author of a record is who made it. What of the first is
    held back stays so, unless the second writes it anew.
    """
    login: MemberId | None = parked.login_member_id if parked.creates else following.login_member_id
    return replace(
        following,
        fields={**parked.fields, **following.fields},
        creates=parked.creates,
        create_only=parked.create_only,
        login_member_id=login,
        login_reason=parked.login_reason if parked.creates else following.login_reason,
        priority=min(parked.priority, following.priority),
        held=_without(parked.held, following.fields),
    )


def whole(intent: Intent) -> Intent:
    """The intent with nothing held back."""
    return intent if intent.held is None else replace(intent, fields={**intent.held.fields, **intent.fields}, held=None)


def as_tried(intent: Intent) -> Intent:
    """The intent as it is sent: where nothing but held fields is left, a person wants those tried again."""
    return intent if intent.fields else whole(intent)


def salvaged(intent: Intent, refusal: Refusal) -> Intent:
    """The intent with the fields that the refusal names held back. The first refusal is the one that is kept."""
    refused = {name: value for name, value in intent.fields.items() if name in refusal.fields}
    kept = {name: value for name, value in intent.fields.items() if name not in refused}
    first = intent.held or Held({}, refusal)
    held = {**first.fields, **refused}
    return replace(intent, fields=kept, held=Held(held, replace(first.refusal, fields=tuple(held))))


def left_over(intent: Intent) -> Intent:
    """What is left of an intent when all has arrived but the fields that are held back."""
    return replace(intent, fields={}, creates=False, create_only=frozenset())


def _without(held: Held | None, names: Container[str]) -> Held | None:
    """What is still held back when these fields are written."""
    if held is None:
        return None
    fields = {name: value for name, value in held.fields.items() if name not in names}
    return replace(held, fields=fields, refusal=replace(held.refusal, fields=tuple(fields))) if fields else None
