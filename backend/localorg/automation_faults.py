"""How the platform words the failure of an automation: the inner error is only in the text."""

import secrets

from localorg.errors import Code, Problem

_GUIDE = "You can look up ExceptionCode values in the SOAP API Developer Guide."


def of_flow(name: str, text: str) -> Problem:
    """A flow that failed with a text of its own."""
    return Problem(Code.CANNOT_EXECUTE_FLOW_TRIGGER, f"{_could_not(name)} {text} {_error_id()}")


def of_flow_update(name: str, inner: Problem) -> Problem:
    """A flow whose update of records was refused. Recorded: the end of the text comes twice, the second time cut."""
    end = f"{_GUIDE} {_error_id()}"
    what = f"This error occurred when the flow tried to update records: {inner.code}: {inner.message}."
    return Problem(Code.CANNOT_EXECUTE_FLOW_TRIGGER, f"{_could_not(name)} {what} {end}{end.removeprefix('You can lo')}")


def of_trigger(name: str, text: str, *, creating: bool) -> Problem:
    """An Apex trigger with an exception that nobody caught, for example `System.NullPointerException: ...`."""
    event = "AfterInsert" if creating else "AfterUpdate"
    message = f"{name}: execution of {event}\n\ncaused by: {text}\n\nTrigger.{name}: line 7, column 1"
    return Problem(Code.CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, message)


def of_trigger_update(name: str, record_id: str, inner: Problem, *, creating: bool) -> Problem:
    """An Apex trigger whose update of a record was refused."""
    fields = f"[{', '.join(inner.fields or ())}]"
    first = f"First exception on row 0 with id {record_id}; first error: {inner.code}, {inner.message}: {fields}"
    return of_trigger(name, f"System.DmlException: Update failed. {first}", creating=creating)


def too_deep(name: str, *, creating: bool) -> Problem:
    return of_trigger(name, "System.DmlException: maximum trigger depth exceeded", creating=creating)


def _could_not(name: str) -> str:
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"We can't save this record because the {quoted} process failed. Give your Salesforce admin these details."


def _error_id() -> str:
    return f"Error ID: {secrets.randbelow(2**31)}-{secrets.randbelow(10**6)} ({secrets.randbelow(2**31)})"
