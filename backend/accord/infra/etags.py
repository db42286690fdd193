"""Settings have versions: an admin who saves says which one he changed, so that nobody overwrites another blindly."""

from flask import request

from accord.core.errors import VersionNeededError

# how a document says that a settings route wants the version that was changed
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the settings that were changed. Without it 428, with an old one 412.",
}


def if_match() -> str:
    """The version that the caller has changed, from If-Match. Raises VersionNeededError: nobody overwrites blindly."""
    # a proxy that compresses answers makes the tag weak; it still names one version
    tags = _tags()
    if len(tags) != 1:
        raise VersionNeededError(
            "Say which version you have changed: send the ETag of the settings as If-Match. Load them first."
        )
    return next(iter(tags))


def version_given() -> str | None:
    """The version in If-Match, or None: for whoever looks first whether there is anything to change."""
    tags = _tags()
    return next(iter(tags)) if len(tags) == 1 else None


def _tags() -> set[str]:
    """Without the star, which names no version."""
    return {tag for tag in request.if_match.as_set(include_weak=True) if tag}
