"""What leaves the org, made from the settings as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.identity import Identity
from accord.features.privacy.leaving import rules
from accord.features.privacy.leaving.model import Leaving
from accord.features.privacy.places.model import PLACES
from accord.infra.audit import Setting


@dataclass(frozen=True, slots=True)
class WhatLeaves:
    """`region` is where the database lies, in words; empty when that was not said."""

    settings: Sequence[Setting]
    region: str

    def load(self, caller: Identity) -> Leaving:
        chosen = [
            read
            for each in self.settings
            for read in rules.reads_of(each.kind, each.title, each.standing(caller).values)
        ]
        return Leaving(rules.sorted_reads([*rules.ALWAYS, *chosen]), PLACES, self.region or None)
