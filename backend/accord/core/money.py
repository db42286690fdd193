"""An amount never goes anywhere without its currency."""

import re
from dataclasses import dataclass
from decimal import Decimal

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Money:
    """`currency` is an ISO 4217 code. Raises ValueError for a code of another shape, and for NaN and infinity."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError("a currency is a code of three capital letters")
        if not self.amount.is_finite():
            raise ValueError("an amount is a finite number")
