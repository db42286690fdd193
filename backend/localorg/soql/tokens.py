"""Cuts the text of a query into tokens, and walks along them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from localorg.soql.errors import MALFORMED_QUERY, SoqlError, refused_at

MAX_LENGTH = 100_000
MAX_DEPTH = 120

# The words that can never be a name. All other words of the language are names wherever a name can stand, which is why
# `SELECT Order, Group FROM Case` is fine.
RESERVED = frozenset(
    {
        "and",
        "as",
        "asc",
        "bind",
        "by",
        "cube",
        "desc",
        "else",
        "excludes",
        "false",
        "first",
        "for",
        "from",
        "having",
        "hierarchical",
        "in",
        "includes",
        "last",
        "like",
        "limit",
        "lookup",
        "not",
        "null",
        "nulls",
        "or",
        "rollup",
        "select",
        "true",
        "update",
        "using",
        "where",
        "with",
    }
)

# Words of the language that are names as well, except for a scope.
SOFT = frozenset(
    {
        "above",
        "above_or_below",
        "at",
        "below",
        "case",
        "category",
        "count",
        "data",
        "distance",
        "end",
        "fields",
        "flat",
        "geolocation",
        "group",
        "hierarchal",
        "offset",
        "order",
        "reference",
        "scope",
        "then",
        "typeof",
        "view",
        "when",
    }
)


class Kind(StrEnum):
    NAME = "name"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    STRING = "string"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    SIGN = "sign"
    STRAY = "stray"
    END = "end"


_ZONE = r"(?:[zZ]|[+-]\d{2}:?\d{2})"
_CLOCK = rf"\d{{2}}:\d{{2}}:\d{{2}}(?:\.\d+)?{_ZONE}"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<datetime>\d{{4}}-\d{{2}}-\d{{2}}[tT]{_CLOCK})
    | (?P<date>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<time>{_CLOCK})
    | (?P<decimal>\d*\.\d+)
    | (?P<integer>\d+)
    | (?P<money>[A-Za-z]{{3}}\d+\.\d*)
    | (?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.\s*[A-Za-z][A-Za-z0-9_]*)*)
    | (?P<string>'(?:[^'\\]|\\.)*')
    | (?P<sign><>|!\s*=|<\s*=|>\s*=|[=<>(),:+\-.])
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    position: int

    @property
    def word(self) -> str:
        """The lower-case word of a name without dots; empty for anything else."""
        return self.text.lower() if self.kind is Kind.NAME and "." not in self.text else ""

    @property
    def can_name(self) -> bool:
        return self.kind is Kind.NAME and self.word not in RESERVED


def tokenize(text: str) -> list[Token]:
    """All tokens and an END; a character that has no place in the language ends them with a STRAY."""
    if len(text) > MAX_LENGTH:
        # Salesforce: recorded text, error_bodies.
        raise SoqlError(MALFORMED_QUERY, "SOQL statements can not be longer than 100000 characters")
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            tokens.append(Token(Kind.STRAY, text[position], position))
            return tokens
        if match.lastgroup != "space":
            found = match.group()
            if match.lastgroup == "sign":
                found = re.sub(r"\s", "", found)
            tokens.append(Token(Kind(str(match.lastgroup)), found, position))
        position = match.end()
    tokens.append(Token(Kind.END, "<EOF>", len(text)))
    return tokens


def _stray(text: str, position: int) -> SoqlError:
    if text[position] == "'":
        sentence = f"line 1:{len(text)} mismatched character '<EOF>' expecting '''"
        return refused_at(MALFORMED_QUERY, sentence, text=text, position=position)
    sentence = f"line 1:{position} no viable alternative at character '{text[position]}'"
    return refused_at(MALFORMED_QUERY, sentence, text=text, position=position)


class Cursor:
    """A place in the tokens. Every method that wants something raises "unexpected token" when it is not there."""

    def __init__(self, text: str, *, multi_currency: bool) -> None:
        self.text = text
        self.multi_currency = multi_currency
        self._tokens = tokenize(text)
        self._at = 0
        self._depth = 0

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    def ahead(self, steps: int = 1) -> Token:
        return self._tokens[min(self._at + steps, len(self._tokens) - 1)]

    def take(self) -> Token:
        token = self.now
        if token.kind not in {Kind.END, Kind.STRAY}:
            self._at += 1
        return token

    def fail(self) -> NoReturn:
        """Salesforce: the first token and the end of the text are refused without a snippet."""
        if self.now.kind is Kind.STRAY:
            raise _stray(self.text, self.now.position)
        sentence = f"unexpected token: '{self.now.text}'"
        if self._at == 0 or self.now.kind is Kind.END:
            raise SoqlError(MALFORMED_QUERY, sentence)
        raise refused_at(MALFORMED_QUERY, sentence, text=self.text, position=self.now.position)

    def at_word(self, *words: str) -> bool:
        return self.now.word in words

    def at_sign(self, *signs: str) -> bool:
        return self.now.kind is Kind.SIGN and self.now.text in signs

    def skip_word(self, word: str) -> bool:
        if self.at_word(word):
            self._at += 1
            return True
        return False

    def skip_sign(self, sign: str) -> bool:
        if self.at_sign(sign):
            self._at += 1
            return True
        return False

    def want_word(self, *words: str) -> Token:
        if not self.at_word(*words):
            self.fail()
        return self.take()

    def want_sign(self, sign: str) -> Token:
        if not self.at_sign(sign):
            self.fail()
        return self.take()

    def want_kind(self, kind: Kind) -> Token:
        if self.now.kind is not kind:
            self.fail()
        return self.take()

    def want_name(self) -> Token:
        if not self.now.can_name:
            self.fail()
        return self.take()

    def deeper(self) -> None:
        """Counts an opening bracket, so that a hostile query ends in a refusal and not in a full stack."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail()

    def shallower(self) -> None:
        self._depth -= 1
