"""What leaves the org, made from the settings as they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from accord.core.identity import Identity
from accord.features.privacy.leaving import rules
from accord.features.privacy.leaving.model import Leaving
from accord.infra.audit import Setting


@dataclass(frozen=True, slots=True)
class WhatLeaves:
    settings: Sequence[Setting]

    def load(self, caller: Identity) -> Leaving:
        chosen = [
            read
            for each in self.settings
            for read in rules.reads_of(each.kind, each.title, each.standing(caller).values)
        ]
        return Leaving(rules.sorted_reads([*rules.ALWAYS, *chosen]), rules.PLACES)
