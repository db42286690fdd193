"""Values of a field in one form on both sides, and whether two of them are one and the same.

A canonical value is None for empty, text, an exact number, or true and false. A date is text such as 2026-12-31: it
knows no time zone. Who reads a value from a platform makes it canonical; here it is only compared.
"""

from decimal import Decimal

Canonical = str | bool | Decimal | None


def same(left: Canonical, right: Canonical) -> bool:
    """Whether two canonical values mean the same to the platform, which keeps numbers as doubles."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left == right or float(left) == float(right)
    return left == right


def as_text(value: Canonical) -> str | None:
    """A value as people and JSON read it: an amount as plain decimal text, a checkbox as true or false."""
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else format(value, "f")
