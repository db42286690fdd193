"""Features that an org has or has not. Salesforce: once switched on they stay."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency of the org; `rate` is how much of it one unit of the corporate currency is worth."""

    iso_code: str
    rate: float = 1.0
    decimal_places: int = 2
    active: bool = True


@dataclass(frozen=True, slots=True)
class OrgOptions:
    """`currencies` begin with the corporate one; without any the org has a single currency."""

    currencies: tuple[Currency, ...] = ()
    person_accounts: bool = False

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "OrgOptions":
        """Raises ValueError for what no option is."""
        unknown = set(stored) - {"currencies", "person_accounts"}
        if unknown:
            raise ValueError(f"no such option: {', '.join(sorted(unknown))}")
        try:
            currencies = tuple(Currency(**one) for one in stored.get("currencies", ()))
        except TypeError as problem:
            raise ValueError(f"a currency has iso_code, rate, decimal_places and active: {problem}") from problem
        return cls(currencies=currencies, person_accounts=bool(stored.get("person_accounts", False)))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
