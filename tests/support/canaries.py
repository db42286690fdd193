"""Texts that must be found nowhere else: what is logged, answered and stored while they are sent, and the search."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import flask
import structlog
from flask import Flask, Response, request
from sqlalchemy import inspect

from accord.infra.db import Database
from accord.infra.telemetry import set_up_logs

CANARY = re.compile(r"canary-[a-z0-9-]+")


@dataclass
class Aviary:
    """Makes canaries, each of them once, and knows them all."""

    made: list[str] = field(default_factory=list)

    def __call__(self, name: str) -> str:
        self.made.append(f"canary-{re.sub('[^a-z0-9]+', '-', name.lower())}-{len(self.made)}")
        return self.made[-1]


@dataclass
class Witness:
    """Everything that an application answers: which of its routes, and the texts of its errors."""

    routes: set[tuple[str, str]] = field(default_factory=set)
    done: set[tuple[str, str]] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def note(self, _app: Flask, response: Response, **_more: Any) -> None:
        route = (request.method, request.url_rule.rule if request.url_rule else "")
        self.routes.add(route)
        if response.status_code >= 400:
            headers = "\n".join(f"{name}: {value}" for name, value in response.headers)
            self.errors.append(f"{headers}\n\n{response.get_data(as_text=True)}")
        else:
            self.done.add(route)


@contextmanager
def watched(app: Flask) -> Iterator[Witness]:
    witness = Witness()
    with flask.request_finished.connected_to(witness.note, app):
        yield witness


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """What the program prints and logs meanwhile, at its most talkative."""
    log = io.StringIO()
    with redirect_stderr(log), redirect_stdout(log):
        set_up_logs("debug")
        try:
            yield log
        finally:
            structlog.reset_defaults()


def dump_of(database: Database) -> str:
    """Every cell of every table, and on SQLite the bytes of the file too."""
    cells: list[str] = []
    with database.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            cells += [cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for row in rows for cell in row]
    path = database.engine.url.database
    if database.dialect == "sqlite" and path:
        for suffix in ("", "-wal"):
            cells.append(Path(path + suffix).read_bytes().decode("latin-1"))
    return "\n".join(cells)


def bodies_of(document: dict[str, Any], aviary: Aviary) -> dict[tuple[str, str], Any]:
    """For each operation of an OpenAPI document that takes JSON: (method, path) and a body of its shape, in which
    every text is a canary.
    """
    found = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in {"get", "put", "post", "patch", "delete"} and "requestBody" in operation:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                found[method.upper(), path] = _filled(schema, document, aviary, f"{method} {path}")
    return found


def _filled(schema: dict[str, Any], document: dict[str, Any], aviary: Aviary, name: str) -> Any:
    if "$ref" in schema:
        return _filled(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document, aviary, name)
    for many in ("allOf", "anyOf", "oneOf"):
        if many in schema:
            return _filled(schema[many][0], document, aviary, name)
    match schema.get("type"):
        case "object":
            known = schema.get("properties", {})
            return {key: _filled(one, document, aviary, f"{name} {key}") for key, one in known.items()}
        case "array":
            return [_filled(schema["items"], document, aviary, name)]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
    return aviary(name)
