"""Errors by recovery: what the caller can do next. Anything else is a bug and is left to rise."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words for the person who can mend it.

    `key` names the row or item it belongs to, `field` the field; `yours` and `theirs` are the two values of a conflict,
    `theirs_currency` the currency of theirs where it is an amount of an org with several.
    """

    code: str
    message: str
    key: str | None = None
    field: str | None = None
    yours: object = None
    theirs: object = None
    theirs_currency: str | None = None


class AccordError(Exception):
    """Something went wrong that the product knows how to say."""

    code = "ERROR"

    def __init__(self, message: str, *, code: str | None = None, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.problems = problems


class RejectedError(AccordError):
    """The input cannot be accepted as it is; the caller changes it and tries again."""

    code = "INVALID_VALUE"


class ConflictError(AccordError):
    """Somebody else was first; nothing was written. The caller looks at both sides and decides."""

    code = "CONFLICT"


class StoppedError(ConflictError):
    """Nothing may be written to this org now, because a person wants it so. `in_doubt`: something of the same piece of
    work was sent before.
    """

    code = "ORG_STOPPED"

    def __init__(self, message: str, *, code: str | None = None, in_doubt: bool = False) -> None:
        super().__init__(message, code=code)
        self.in_doubt = in_doubt


class OutdatedError(AccordError):
    """The settings were changed by somebody else since the caller loaded them; nothing was written."""

    code = "CHANGED_MEANWHILE"


class VersionNeededError(AccordError):
    """The caller did not say which version of the settings he has changed; nothing was written."""

    code = "VERSION_NEEDED"


class NotFoundError(AccordError):
    """No such thing, or not for this caller: the two are not told apart."""

    code = "NOT_FOUND"

    def __init__(self, what: str) -> None:
        super().__init__(f"There is no such {what}, or you have no access to it.")


class NotAllowedError(AccordError):
    """The caller is known and may not do this."""

    code = "NOT_ALLOWED"


class SignInAgainError(AccordError):
    """The caller's sign-in is missing, over or not to be believed."""

    code = "SIGN_IN_AGAIN"


class TransientError(AccordError):
    """It may work later. `retry_after` is in seconds, where the other side said so."""

    code = "TRY_AGAIN"

    def __init__(self, message: str, *, code: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class UnavailableError(AccordError):
    """A part of ours that everything needs is away. `retry_after` is in seconds."""

    code = "DATABASE_AWAY"

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TooManyRequestsError(AccordError):
    """The caller asks, or guesses, too often. `retry_after` is in seconds."""

    code = "TOO_MANY_REQUESTS"

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AuthorizationLostError(AccordError):
    """Salesforce no longer accepts this login. A person must connect again."""

    code = "SALESFORCE_LOGIN_LOST"


class MisconfiguredError(AccordError):
    """The program cannot start as it is set up; every fault is in `problems`."""

    code = "MISCONFIGURED"
