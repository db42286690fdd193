"""The org's users: views over User records, with their profile, permission sets and the restrictions of a seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from localorg.ids import widen
from localorg.permissions import STANDARD_USER
from localorg.records import Row

if TYPE_CHECKING:
    from localorg.org import Org

ALIAS_LENGTH = 8


@dataclass(frozen=True, slots=True)
class User:
    """`hidden_fields` and `read_only_fields` ("Opportunity.Amount") stand for field-level security of standard fields
    that differs from the profile's usual; custom fields are granted by permission sets alone. `is_frozen`: no new
    login, while those that are open go on.
    """

    id: str
    username: str
    email: str
    name: str
    first_name: str | None
    last_name: str
    profile: str
    permission_sets: frozenset[str]
    time_zone: str
    locale: str
    language: str
    user_type: str
    is_active: bool
    is_frozen: bool
    api_enabled: bool
    hidden_fields: frozenset[str]
    read_only_fields: frozenset[str]


class Users:
    """Reads and writes users of an org. Writes are set-up: they are stored, but are no entries of the journal."""

    def __init__(self, org: "Org", *, transaction: Callable[[], Any]) -> None:
        self._org = org
        self._transaction = transaction

    def all(self) -> list[User]:
        with self._org.lock:
            return [self._view(row) for row in self._org.records.all("User")]

    def by_id(self, user_id: str) -> User | None:
        with self._org.lock:
            row = self._org.records.find("User", widen(user_id)) if len(user_id) in {15, 18} else None
            return None if row is None else self._view(row)

    def by_username(self, username: str) -> User | None:
        wanted = username.casefold()
        with self._org.lock:
            found = (row for row in self._org.records.all("User") if row["Username"].casefold() == wanted)
            row = next(found, None)
            return None if row is None else self._view(row)

    def add(  # noqa: PLR0913 - a user has as many facts
        self,
        *,
        username: str,
        last_name: str,
        first_name: str | None = None,
        email: str | None = None,
        profile: str = STANDARD_USER,
        permission_sets: Sequence[str] = (),
        time_zone: str = "Europe/London",
        locale: str = "en_GB",
        language: str = "en_US",
        user_type: str = "Standard",
        is_active: bool = True,
        api_enabled: bool = True,
        hidden_fields: Sequence[str] = (),
        read_only_fields: Sequence[str] = (),
        user_id: str | None = None,
    ) -> User:
        """A new user. Raises ValueError for a username in use and KeyError for an unknown profile or permission set."""
        if self.by_username(username) is not None:
            raise ValueError(f"a user named {username} exists")
        with self._transaction() as tx:
            values = {
                "Username": username,
                "Email": email or username,
                "FirstName": first_name,
                "LastName": last_name,
                "Alias": (first_name or last_name)[:ALIAS_LENGTH].lower(),
                "ProfileId": self._org.profile_id(profile),
                "TimeZoneSidKey": time_zone,
                "LocaleSidKey": locale,
                "LanguageLocaleKey": language,
                "EmailEncodingKey": "UTF-8",
                "UserType": user_type,
                "IsActive": is_active,
                "_api_enabled": api_enabled,
                "_hidden_fields": sorted(hidden_fields),
                "_read_only_fields": sorted(read_only_fields),
            }
            if user_id is not None:
                values["Id"] = user_id
            new_id = tx.insert("User", values, enforce=False)
            for name in permission_sets:
                self._assign(tx, new_id, name)
        return self._known(new_id)

    def assign(self, user_id: str, permission_set: str) -> None:
        with self._transaction() as tx:
            self._assign(tx, user_id, permission_set)

    def change(self, user_id: str, **facts: Any) -> User:
        """Changes fields of a user by API name (`IsActive=False`) or a restriction (`_hidden_fields=[...]`)."""
        with self._transaction() as tx:
            tx.update("User", user_id, facts, enforce=False)
        return self._known(user_id)

    def _assign(self, tx: Any, user_id: str, name: str) -> None:
        values = {"AssigneeId": user_id, "PermissionSetId": self._org.permission_set_id(name), "IsActive": True}
        tx.insert("PermissionSetAssignment", values, enforce=False)

    def _known(self, user_id: str) -> User:
        found = self.by_id(user_id)
        assert found is not None
        return found

    def _view(self, row: Row) -> User:
        records = self._org.records
        profile = records.find("Profile", row.get("ProfileId") or "") or {}
        sets = [
            records.find("PermissionSet", one["PermissionSetId"])
            for one in records.all("PermissionSetAssignment")
            if one["AssigneeId"] == row["Id"]
        ]
        return User(
            id=row["Id"],
            username=row["Username"],
            email=row.get("Email") or "",
            name=row["Name"],
            first_name=row.get("FirstName"),
            last_name=row["LastName"],
            profile=str(profile.get("Name", "")),
            permission_sets=frozenset(str(one["Name"]) for one in sets if one),
            time_zone=row["TimeZoneSidKey"],
            locale=row["LocaleSidKey"],
            language=row["LanguageLocaleKey"],
            user_type=row.get("UserType") or "Standard",
            is_active=bool(row["IsActive"]),
            is_frozen=bool(row.get("_is_frozen", False)),
            api_enabled=bool(row.get("_api_enabled", True)),
            hidden_fields=frozenset(row.get("_hidden_fields", ())),
            read_only_fields=frozenset(row.get("_read_only_fields", ())),
        )
