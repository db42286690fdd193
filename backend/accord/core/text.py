"""Text that can be kept: judged before anything else reads it. Pure, and total on any input."""

from typing import Any, Final

# what a spreadsheet takes for the beginning of a formula, in the plain and in the wide form
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_clean(value: Any) -> bool:
    """No text in it holds a null character (PostgreSQL cannot store it) or half of a surrogate pair (nothing can)."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            waiting.extend(found)
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
        elif isinstance(found, str) and any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in found):
            return False
    return True


def printable(text: str) -> str:
    """The same text with what is not clean written as an escape, so that it can be stored and answered."""
    return text.encode(errors="backslashreplace").decode().replace("\0", "\\x00")


def plain(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula, wherever its text comes from."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def cut(text: str, most: int) -> str:
    """The text, or as much of it as `most` characters hold with a mark that it goes on."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
