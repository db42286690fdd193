"""The least that a server of this kind does: a Flask route that checks the same token and reads one row (intake.py)."""

import os
import sqlite3
import threading

import jwt
from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

app = Flask(__name__)
_KEY = os.environ["BARE_KEY"]
_FILE = os.environ["BARE_DATABASE"]
_of_thread = threading.local()


def _database() -> sqlite3.Connection:
    if not hasattr(_of_thread, "connection"):
        _of_thread.connection = sqlite3.connect(_FILE)
    connection: sqlite3.Connection = _of_thread.connection
    return connection


@app.post("/activities")
def activities() -> ResponseReturnValue:
    token = request.headers["Authorization"].removeprefix("Bearer ")
    try:
        claims = jwt.decode(token, _KEY, algorithms=["HS256"], audience="bare", options={"require": ["exp", "sub"]})
    except jwt.InvalidTokenError:
        abort(401)
    row = _database().execute("SELECT name FROM client WHERE id = ?", (claims["sub"],)).fetchone()
    items = [{"isSuccess": row is not None} for _ in request.get_json()["items"]]
    return app.json.response({"items": items})
