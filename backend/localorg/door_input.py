"""What the door reads of a call. Wrong input is a ValueError with a sentence, which the door answers with 400."""

import re
from typing import Any

from flask import request


def posted_object() -> dict[str, Any]:
    """The posted object. The content type is demanded: a browser sends it across origins only after asking."""
    body = request.get_json(silent=True) if request.is_json else None
    if not isinstance(body, dict):
        raise ValueError("Send a JSON object with the content type application/json.")  # noqa: TRY004 - wrong input
    return body


def whole_number(name: str) -> int:
    text = request.args.get(name, "0")
    if not re.fullmatch(r"\d{1,15}", text):
        raise ValueError(f'"{name}" is a whole number.')
    return int(text)
