"""Reads JSON bodies: whatever is sent, the answer is a refusal in the one shape and never an accident."""

import json
from typing import Any

from flask import Request
from flask_smorest import Blueprint
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import BadRequest

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
