"""Who looks at the record page: chosen from the org's people by a menu, remembered in a cookie of the browser."""

from dataclasses import dataclass

from flask import request

from localorg.org import Org, User
from localorg.permissions import MINIMUM_ACCESS, SYSTEM_ADMINISTRATOR

COOKIE = "viewing_as"


@dataclass(frozen=True, slots=True)
class Person:
    """A user as a menu shows him."""

    id: str
    username: str
    name: str
    initials: str
    profile: str
    permission_sets: tuple[str, ...]
    locale: str
    time_zone: str

    @classmethod
    def of(cls, user: User) -> "Person":
        return cls(
            id=user.id,
            username=user.username,
            name=user.name,
            initials="".join(part[0] for part in user.name.split() if part)[:2].upper(),
            profile=user.profile,
            permission_sets=tuple(sorted(user.permission_sets)),
            locale=user.locale,
            time_zone=user.time_zone,
        )


def people_of(org: Org) -> list[User]:
    """Active people who may use the screens: neither the org's own set-up user nor users for programs only."""
    return [
        user
        for user in org.users.all()
        if user.is_active and user.id != org.setup_user_id and user.profile != MINIMUM_ACCESS
    ]


def find_administrator(org: Org) -> User | None:
    """The first active administrator."""
    return next((user for user in people_of(org) if user.profile == SYSTEM_ADMINISTRATOR), None)


def current_viewer(org: Org) -> User | None:
    """The user of the browser's cookie; without one the first who is no administrator, as most people are none."""
    people = people_of(org)
    chosen = request.cookies.get(COOKIE, "").casefold()
    ordinary = [user for user in people if user.profile != SYSTEM_ADMINISTRATOR]
    return next((user for user in people if user.username.casefold() == chosen), None) or next(
        iter(ordinary or people), None
    )
