"""What a query is refused with, in the words of the platform.

Salesforce: a refusal that knows its place shows a snippet of the query, a caret and "ERROR at Row:1:Column:n" before
its sentence (recorded bodies of INVALID_FIELD and INVALID_TYPE). The snippet keeps whole words only and about 47
characters to either side of the place; that width is derived from recorded bodies, not documented.
"""

MALFORMED_QUERY = "MALFORMED_QUERY"
INVALID_FIELD = "INVALID_FIELD"
INVALID_TYPE = "INVALID_TYPE"
INVALID_QUERY_FILTER_OPERATOR = "INVALID_QUERY_FILTER_OPERATOR"
INVALID_QUERY_SCOPE = "INVALID_QUERY_SCOPE"
NUMBER_OUTSIDE_VALID_RANGE = "NUMBER_OUTSIDE_VALID_RANGE"

_REACH = 47


class SoqlError(Exception):
    """The platform refuses the query: `code` is its errorCode, `message` its text. HTTP status 400."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class NotBuilt(Exception):  # noqa: N818 - the name is part of the package's interface
    """The query is valid on the platform but this org does not evaluate `what`; it never guesses rows instead."""

    def __init__(self, what: str) -> None:
        super().__init__(f"valid SOQL that the local org does not evaluate: {what}")
        self.what = what


def refused_at(code: str, sentence: str, *, text: str, position: int) -> SoqlError:
    """The refusal with its snippet and caret. `position` counts characters from 0; line ends count as one."""
    flat = text.replace("\r", " ").replace("\n", " ")
    start = max(0, position - _REACH)
    if start:
        while start < position and flat[start - 1] not in ", \t":
            start += 1
        while start < position and flat[start] in ", \t":
            start += 1
    end = min(len(flat), position + _REACH)
    if end < len(flat):
        cut = max(flat.rfind(mark, position, end + 1) for mark in ", \t")
        end = cut if cut > position else end
    snippet = flat[start:end].rstrip(",")
    caret = " " * (position - start) + "^"
    return SoqlError(code, f"\n{snippet}\n{caret}\nERROR at Row:1:Column:{position + 1}\n{sentence}")


def no_such_column(column: str, entity: str, *, text: str, position: int) -> SoqlError:
    sentence = (
        f"No such column '{column}' on entity '{entity}'. If you are attempting to use a custom field, be sure to "
        "append the '__c' after the custom field name. Please reference your WSDL or the describe call for the "
        "appropriate names."
    )
    return refused_at(INVALID_FIELD, sentence, text=text, position=position)


def no_such_relationship(name: str, *, text: str, position: int) -> SoqlError:
    sentence = (
        f"Didn't understand relationship '{name}' in field path. If you are attempting to use a custom relationship, "
        "be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe "
        "call for the appropriate names."
    )
    return refused_at(INVALID_FIELD, sentence, text=text, position=position)


def no_such_child_relationship(name: str, *, text: str, position: int) -> SoqlError:
    sentence = (
        f"Didn't understand relationship '{name}' in FROM part of query call. If you are attempting to use a custom "
        "relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or "
        "the describe call for the appropriate names."
    )
    return refused_at(INVALID_TYPE, sentence, text=text, position=position)


def no_such_type(name: str, *, text: str, position: int) -> SoqlError:
    sentence = (
        f"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append the "
        "'__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
    )
    return refused_at(INVALID_TYPE, sentence, text=text, position=position)
