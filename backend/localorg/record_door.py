"""What an administrator does on the screens of the org, and no REST call does: undelete, merge, switch features on."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify

from localorg import merging, undelete
from localorg.door_input import posted_object
from localorg.errors import RefusedError
from localorg.org import Org, User
from localorg.org_options import OrgOptions
from localorg.viewers import find_administrator

_Answer = Response | tuple[Response, int]


def record_rules(org: Org) -> list[tuple[str, str, Callable[[], _Answer]]]:
    """Routes of the door as (method, path, view)."""
    door = _RecordDoor(org)
    return [
        ("POST", "/undelete", door.undelete),
        ("POST", "/merge", door.merge),
        ("GET", "/options", door.options),
        ("PUT", "/options", door.switch_on),
    ]


class _RecordDoor:
    def __init__(self, org: Org) -> None:
        self._org = org

    def undelete(self) -> _Answer:
        """{"ids": [...], "username"?}: an outcome per record, in order; without a name the administrator does it."""
        wanted = posted_object()
        ids = _texts(wanted, "ids")
        outcomes: list[dict[str, Any]] = []
        with self._org.transaction(user_id=self._user(wanted).id, client="localorg door") as tx:
            for record_id in ids:
                try:
                    undelete.restore(tx, record_id)
                    outcomes.append({"id": record_id, "success": True, "errors": []})
                except RefusedError as error:
                    problems = [one.as_save_error() for one in error.problems]
                    outcomes.append({"id": record_id, "success": False, "errors": problems})
        return jsonify(outcomes)

    def merge(self) -> _Answer:
        """{"master": id, "losers": [ids], "values"?: {...}, "username"?}: what moved, or the platform's refusal."""
        wanted = posted_object()
        losers = _texts(wanted, "losers")
        values = wanted.get("values") or {}
        if not isinstance(values, dict):
            raise ValueError('"values" is an object of field names.')  # noqa: TRY004 - wrong input
        user = self._user(wanted)
        try:
            with self._org.transaction(user_id=user.id, client="localorg door") as tx:
                result = merging.merge(tx, str(wanted.get("master", "")), losers, values=values)
        except RefusedError as error:
            return jsonify(success=False, errors=[one.as_save_error() for one in error.problems]), 400
        return jsonify(
            id=result.id, success=True, mergedRecordIds=result.merged_record_ids,
            updatedRelatedIds=result.updated_related_ids, errors=[],
        )  # fmt: skip

    def options(self) -> _Answer:
        return jsonify(self._org.options.as_json())

    def switch_on(self) -> _Answer:
        """{"currencies": [{"iso_code", "rate"?, "decimal_places"?, "active"?}], "person_accounts"?: bool}."""
        self._org.switch_on(OrgOptions.from_json(posted_object()))
        return Response(status=204)

    def _user(self, wanted: dict[str, Any]) -> User:
        name = str(wanted.get("username") or "")
        user = self._org.users.by_username(name) if name else find_administrator(self._org)
        if user is None:
            raise ValueError(f"There is no user {name or 'with administrator rights'} in this org.")
        return user


def _texts(wanted: dict[str, Any], name: str) -> list[str]:
    found = wanted.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
        raise ValueError(f'"{name}" is a list of record ids.')
    return found
