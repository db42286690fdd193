"""Settings have versions: an admin who saves says which one he changed, so that nobody overwrites another blindly."""

import re
from typing import Any, Final

from flask import request

from accord.core.errors import OutdatedError, VersionNeededError

# what a view gives whose answer has a version: the body, the status, the headers
Tagged = tuple[dict[str, Any], int, dict[str, str]]
_VERSION: Final = re.compile(r"[0-9]{1,9}")

# how a document says that a settings route wants the version that was changed
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the settings that were changed. Without it 428, with an old one 412.",
}


def tagged(body: dict[str, Any], version: int, *, status: int = 200) -> Tagged:
    """An answer whose ETag names the version."""
    return body, status, {"ETag": f'"{version}"'}


def if_match() -> int:
    """The version that the caller has changed, from If-Match.

    Raises VersionNeededError without one, for nobody overwrites blindly, and OutdatedError for what is no version.
    """
    # a proxy that compresses answers makes the tag weak; it still names one version
    tags = _tags()
    if len(tags) != 1:
        raise VersionNeededError(
            "Say which version you have changed: send the ETag of the settings as If-Match. Load them first."
        )
    tag = next(iter(tags))
    if not _VERSION.fullmatch(tag):
        raise OutdatedError("This is no version of these settings. Load them again and repeat your change.")
    return int(tag)


def version_given() -> str | None:
    """The version in If-Match, or None: for whoever looks first whether there is anything to change."""
    tags = _tags()
    return next(iter(tags)) if len(tags) == 1 else None


def _tags() -> set[str]:
    """Without the star, which names no version."""
    return {tag for tag in request.if_match.as_set(include_weak=True) if tag}
