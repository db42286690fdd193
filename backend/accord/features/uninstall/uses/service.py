"""Looks what in the org uses our parts: asked of Salesforce, and kept nowhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.core.errors import RejectedError
from accord.core.identity import Identity
from accord.features.uninstall.named import NamedField
from accord.features.uninstall.uses import rules
from accord.features.uninstall.uses.model import OUR_PARTS, Part, Uses
from accord.salesforce.model import Gateway
from accord.salesforce.paths import described_along, follow
from accord.salesforce.soql import Query


@dataclass(frozen=True, slots=True)
class PartsInUse:
    """`gateway_for`: the admin's own login, else the integration owner's. `named` are the fields that settings name."""

    gateway_for: Callable[[Identity], Gateway]
    named: Callable[[Identity], Sequence[NamedField]]

    def look(self, caller: Identity) -> Uses:
        """Everything that Salesforce tells to use our parts, or custom fields that settings name.

        Raises NotAllowedError that names the right that the login lacks.
        """
        gateway = self.gateway_for(caller)
        parts = [*OUR_PARTS, *self._named_parts(gateway, caller)]
        rows: dict[str, Sequence[Mapping[str, Any]]] = {}
        for kind, query in rules.lookups(parts):
            rows[kind] = _asked(gateway, query)
        found = rules.match(parts, rows)
        questions = rules.questions(found)
        answers = [_asked(gateway, query) for query in questions]
        has = {one.part for one in found}
        return Uses(
            users=rules.users_of([row for answer in answers for row in answer], found),
            found=found,
            absent=[part for part in parts if part not in has],
            is_cut_off=any(len(answer) >= rules.MOST_ROWS for answer in answers),
            calls=len(rows) + len(questions),
        )

    def _named_parts(self, gateway: Gateway, caller: Identity) -> list[Part]:
        """Custom fields that settings name; Salesforce tells nothing of standard ones."""
        named = [one for one in self.named(caller) if one.field.endswith("__c")]
        describes = described_along(gateway, [(one.sobject, one.steps) for one in named])
        ours = {part.name for part in OUR_PARTS}
        parts = {}
        for one in named:
            holder = follow(one.sobject, one.steps, describes.get)
            if holder is not None and f"{holder.name}.{one.field}" not in ours:
                part = Part("CustomField", f"{holder.name}.{one.field}", is_ours=False)
                parts[part.name] = part
        return [parts[name] for name in sorted(parts)]


def _asked(gateway: Gateway, query: Query) -> Sequence[Mapping[str, Any]]:
    try:
        return gateway.tooling(query)
    except RejectedError as error:
        raise rules.decide_refusal(error) from None
