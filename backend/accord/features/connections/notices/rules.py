"""When an admin is warned, and in which words: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from accord.core.ids import MemberId
from accord.core.notifications import PersonalNotice
from accord.core.troubles import Cause, Trouble
from accord.features.connections.integration.model import ConnectionSettings
from accord.features.connections.model import IntegrationFlow
from accord.features.connections.notices.model import End, Ending, Notice

WARNINGS = (30, 7, 1)
"""Days before an end."""

IDLE_LIFE = timedelta(days=30)
"""Salesforce: a refresh token of a partner's app that nothing uses for so long is void (each use counts anew)."""

USED_EVERY = timedelta(days=7)
"""So often a login that nothing else uses is renewed."""

_REMEDY = {
    Ending.CERTIFICATE: "Make a new certificate in Certificate and Key Management and register it before that.",
    Ending.SECRET: "Stage a new consumer secret in the app and give it to Accord before that.",
    Ending.KEY: "Upload a new certificate to the app and give its private key to Accord before that.",
    Ending.LOGIN_METHOD: "Choose the other way of signing in for the integration owner before that.",
    Ending.PERSONAL_LOGIN: "Accord could not renew it lately. The member connects his login again.",
}
_CAUSE = {
    Ending.CERTIFICATE: Cause.CERTIFICATE_ENDING,
    Ending.SECRET: Cause.SECRET_ENDING,
    Ending.KEY: Cause.KEY_ENDING,
    Ending.LOGIN_METHOD: Cause.LOGIN_METHOD_ENDING,
    Ending.PERSONAL_LOGIN: Cause.PERSONAL_LOGIN_ENDING,
}
_NAME = {
    Ending.CERTIFICATE: "The certificate that Apex signs with",
    Ending.SECRET: "The consumer secret of the app",
    Ending.KEY: "The certificate of the integration owner's key",
    Ending.LOGIN_METHOD: "The way in which the integration owner signs in",
    Ending.PERSONAL_LOGIN: "A member's Salesforce login",
}


def declared_ends(settings: ConnectionSettings) -> list[End]:
    """What an admin has declared; a key's end means nothing where no key is used. A day ends with it, in UTC."""
    days: list[tuple[Ending, date | None]] = [
        (Ending.SECRET, settings.secret_ends_on),
        (Ending.KEY, settings.key_ends_on if settings.flow is IntegrationFlow.JWT_BEARER else None),
        (Ending.LOGIN_METHOD, settings.method_ends_on),
    ]
    midnight = timedelta(days=1)
    return [End(kind, "", datetime.combine(day, time(), UTC) + midnight) for kind, day in days if day]


def idle_end(member_id: str, last_use: datetime) -> End:
    return End(Ending.PERSONAL_LOGIN, member_id, last_use + IDLE_LIFE)


def is_idle(last_use: datetime, *, now: datetime) -> bool:
    return now - last_use >= USED_EVERY


def warning(end: End, *, now: datetime) -> int | None:
    """The warning that is due: the nearest of 30, 7 and 1 days that was reached, 0 when it is over; None before."""
    left = end.ends_at - now
    if left <= timedelta():
        return 0
    # an idle login never has more than 30 days: its first warning is that of 7
    steps = WARNINGS[1:] if end.kind is Ending.PERSONAL_LOGIN else WARNINGS
    return min((days for days in steps if left <= timedelta(days=days)), default=None)


def notices(ends: Iterable[End], before: Mapping[tuple[Ending, str], Notice], *, now: datetime) -> list[Notice]:
    """One notice for each cause: kept as it stands until the next warning is reached or the end has moved."""
    found = []
    for end in ends:
        days = warning(end, now=now)
        if days is None:
            continue
        kept = before.get((end.kind, end.subject))
        same = kept is not None and (kept.end, kept.days) == (end, days)
        found.append(kept if same and kept else Notice(end, days, now))
    return found


def message(notice: Notice) -> str:
    """For an admin: what ends when, and what he does."""
    verb = "ended" if notice.days == 0 else "ends"
    kind = notice.end.kind
    return f"{_NAME[kind]} {verb} on {notice.end.ends_at:%Y-%m-%d}. {_REMEDY[kind]}"


def troubles_of(found: Sequence[Notice]) -> list[Trouble]:
    """The notices as an admin is told of them: each by itself, but members' logins together, at their nearest step."""
    members = [each for each in found if each.end.kind is Ending.PERSONAL_LOGIN]
    others = [each for each in found if each.end.kind is not Ending.PERSONAL_LOGIN]
    told = [
        Trouble(_CAUSE[each.end.kind], each.end.subject, _title(each), message(each), step=each.days) for each in others
    ]
    if members:
        nearest = min(members, key=lambda each: each.days)
        title, count = "Members' Salesforce logins end", len(members)
        told.append(Trouble(Cause.PERSONAL_LOGIN_ENDING, "", title, message(nearest), count=count, step=nearest.days))
    return told


def personal_notices(found: Sequence[Notice]) -> list[PersonalNotice]:
    """What each member is told himself: once at each step of his login's end."""
    mine = [each for each in found if each.end.kind is Ending.PERSONAL_LOGIN]
    return [
        PersonalNotice(
            key=f"personal_login_ending|{each.end.subject}|{each.end.ends_at:%Y-%m-%d}|{each.days}",
            member_id=MemberId(each.end.subject),
            title=f"Your Salesforce login for Accord {'ended' if each.days == 0 else 'ends soon'}",
            text=_to_himself(each),
        )
        for each in mine
    ]


def _to_himself(notice: Notice) -> str:
    verb = "ended" if notice.days == 0 else "ends"
    return (
        f"It {verb} on {notice.end.ends_at:%Y-%m-%d}. Connect it again in Accord; without it your Tasks are written in "
        "the name of the integration owner."
    )


def _title(notice: Notice) -> str:
    return f"{_NAME[notice.end.kind]} {'ended' if notice.days == 0 else 'ends'}"
