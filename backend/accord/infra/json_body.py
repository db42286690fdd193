"""Reads JSON bodies: whatever is sent, the answer is a refusal in the one shape and never an accident.

Settings that were loaded can be sent back as they are: what is shown and not set is not read.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError, pre_load
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import BadRequest

from accord.core.errors import Problem, RejectedError
from accord.core.text import printable


def read_json(body: bytes) -> Any:
    """The JSON in `body`. Raises ValueError when it is none, or nested or long beyond reading.

    Texts stay as they are, for a schema to judge by their field. Names are made printable, because a refusal repeats
    them.
    """

    def gather(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {printable(name): value for name, value in pairs}

    try:
        return json.loads(body.decode(), object_pairs_hook=gather)
    except RecursionError:
        raise ValueError("nested too deeply") from None


class _Parser(FlaskParser):
    def _raw_load_json(self, req: Request) -> Any:
        if not is_json_request(req):
            return missing
        body = req.get_data(cache=True)
        try:
            return read_json(body) if body.strip() else missing
        except ValueError:
            raise BadRequest from None


class JsonBlueprint(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """A blueprint whose routes read their bodies in this way."""

    ARGUMENTS_PARSER = _Parser()


def load_as(schema: Schema, values: Any) -> Any:
    """Values of a file or an older line, read as a request is. Raises RejectedError that names the fields."""
    try:
        return schema.load(values)
    except ValidationError as error:
        found = tuple(_problems(error.messages, ()))
        raise RejectedError("These settings cannot be read. See what is named.", problems=found) from None


def _problems(messages: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _problems(inner, (*path, str(name)))
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield Problem("INVALID_VALUE", printable(str(message)), field=".".join(path) or None)


class SentBack(Schema):
    """`shown_only` names what an answer shows beyond what a request sets. Every other unknown name stays refused."""

    shown_only: ClassVar[frozenset[str]] = frozenset()

    @pre_load
    def _leave_out_what_is_shown(self, data: Any, **_kwargs: Any) -> Any:
        if not isinstance(data, Mapping):
            return data  # the fields say what is wrong with it
        return {name: value for name, value in data.items() if name not in self.shown_only}
