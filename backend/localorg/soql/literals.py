"""Literal values: their spelling in a query, in both directions."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from localorg.soql.dates import FORMULAS, NUMBERED_FORMULAS
from localorg.soql.errors import INVALID_FIELD, MALFORMED_QUERY, SoqlError, refused_at
from localorg.soql.nodes import DateLiteral, Literal, Money
from localorg.soql.tokens import Cursor, Kind, Token

_ESCAPES = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "b": "\b",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}
_CONSTANTS = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(r"\\(?:[uU]([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CURRENCY_NAME = re.compile(r"([A-Za-z]{3})(\d+(?:\.\d*)?)")


def quote(text: str) -> str:
    """The text as a string literal; `parse` of it gives the text back."""
    spelled = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r"}
    return "'" + "".join(spelled.get(letter, letter) for letter in text) + "'"


def unquote(token: Token, *, text: str, pattern: bool = False) -> str:
    r"""The value of a string token.

    With `pattern` (LIKE), `\%` and `\_` are allowed, and they and `\\` stay escaped for `like_to_regex`.
    Salesforce: any other escape and a bare line end in a literal are refused.
    """
    body = token.text[1:-1]
    if "\n" in body or "\r" in body:
        raise refused_at(
            MALFORMED_QUERY, "line breaks not allowed in string literals", text=text, position=token.position
        )

    def replace(match: re.Match[str]) -> str:
        code, letter = match.groups()
        if code is not None:
            letter = chr(int(code, 16))
            return "\\\\" if pattern and letter == "\\" else letter
        if pattern and letter in "%_\\":
            return match.group()
        plain = _ESCAPES.get(letter.lower())
        if plain is None:
            sentence = (
                f"Invalid string literal '{body}'. Illegal character sequence '{match.group()}' in string literal."
            )
            raise refused_at(MALFORMED_QUERY, sentence, text=text, position=token.position)
        return plain

    return _ESCAPE.sub(replace, body)


def refuse_bind(cursor: Cursor) -> None:
    if cursor.at_sign(":"):
        sentence = "Bind variables only allowed in Apex code"
        raise refused_at(MALFORMED_QUERY, sentence, text=cursor.text, position=cursor.now.position)


def parse_literal(cursor: Cursor, *, pattern: bool = False) -> Literal:
    """One literal of a condition; `pattern` for LIKE."""
    refuse_bind(cursor)
    token = cursor.now
    if token.kind is Kind.STRING:
        cursor.take()
        return Literal(unquote(token, text=cursor.text, pattern=pattern), token.position)
    if token.kind in {Kind.DATE, Kind.DATETIME, Kind.TIME}:
        cursor.take()
        return Literal(_moment(token), token.position)
    if token.kind in {Kind.MONEY, Kind.NAME}:
        return _named(cursor)
    return Literal(parse_number(cursor), token.position)


def parse_number(cursor: Cursor) -> Decimal:
    sign = cursor.take().text if cursor.at_sign("+", "-") else ""
    if cursor.now.kind not in {Kind.INTEGER, Kind.DECIMAL}:
        cursor.fail()
    return Decimal(sign + cursor.take().text)


def _named(cursor: Cursor) -> Literal:
    token = cursor.now
    name = token.text.upper()
    if token.word in _CONSTANTS:
        cursor.take()
        return Literal(_CONSTANTS[token.word], token.position)
    money = _CURRENCY_NAME.fullmatch(token.text)
    if money is not None and cursor.multi_currency:
        cursor.take()
        return Literal(Money(money.group(1).upper(), Decimal(money.group(2))), token.position)
    if name not in FORMULAS | NUMBERED_FORMULAS:
        cursor.fail()
    cursor.take()
    number = None
    if name in NUMBERED_FORMULAS:
        cursor.want_sign(":")
        number = int(cursor.want_kind(Kind.INTEGER).text)
    return Literal(DateLiteral(name, number), token.position)


def _moment(token: Token) -> date | datetime | time:
    """Salesforce: the grammar takes any digits; what is no date is refused for its value, not for its spelling."""
    try:
        if token.kind is Kind.DATE:
            return date.fromisoformat(token.text)
        if token.kind is Kind.TIME:
            return _clock(token.text)
        day, clock = token.text[:10], token.text[11:]
        moment = datetime.combine(date.fromisoformat(day), _clock(clock))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise SoqlError(INVALID_FIELD, f"invalid date or time: {token.text}") from None


def _clock(spelled: str) -> time:
    plain, zone = (spelled[:-1], "+0000") if spelled[-1] in "zZ" else re.split(r"(?=[+-])", spelled, maxsplit=1)
    digits = zone.replace(":", "")
    hours, minutes = int(digits[1:3]), int(digits[3:5])
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if digits[0] == "-" else 1)
    whole, _, fraction = plain.partition(".")
    parsed = time.fromisoformat(whole).replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))
    return parsed.replace(tzinfo=timezone(offset))


def like_to_regex(pattern: str) -> re.Pattern[str]:
    r"""The meaning of a LIKE pattern: % any text, _ one character, \%, \_ and \\ themselves; capitals do not matter."""
    pieces: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter == "\\":
            pieces.append(re.escape(next(letters, "\\")))
        elif letter == "%":
            pieces.append(".*")
        elif letter == "_":
            pieces.append(".")
        else:
            pieces.append(re.escape(letter))
    return re.compile("".join(pieces), re.IGNORECASE | re.DOTALL)
