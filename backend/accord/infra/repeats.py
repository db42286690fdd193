"""A caller may name a wish: a repeat with the same name is the same wish, and changes nothing."""

from flask import request

from accord.core.errors import Problem, RejectedError

LONGEST_KEY = 80
HEADER = "Idempotency-Key"
IDEMPOTENCY_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "description": "Names this wish for 24 hours: a repeat with the same key changes nothing and is answered again.",
}


def named_wish() -> tuple[str, str] | None:
    """The key in the header, and all that is asked for under it; None without a key. Raises RejectedError."""
    key = request.headers.get(HEADER, "").strip()
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        message = f"An Idempotency-Key has at most {LONGEST_KEY} characters."
        raise RejectedError(message, problems=(Problem(code="KEY_TOO_LONG", field=HEADER, message=message),))
    body = request.get_data(cache=True).decode(errors="replace")
    return key, f"{request.method} {request.path} {body}"
