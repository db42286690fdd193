"""Everything that Accord wrote to the org, or is about to, in one list: who, when, what, by which login, why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from heapq import merge

from accord.core.clock import Clock
from accord.core.identity import Identity
from accord.core.ids import MemberId
from accord.core.written import ListsWrites, WantedWrites, WriteLine
from accord.delivery.lines import DeliveryLines
from accord.features.writes import rules
from accord.features.writes.model import MOST_IN_FILE, MOST_ON_A_PAGE, Page, ShownLine
from accord.infra.db import Database
from accord.salesforce.model import Gateway
from accord.salesforce.sight import Sight, look
from accord.workspace.members.store import load_names


@dataclass(frozen=True, slots=True)
class Writes:
    """`sources` are those who know of writes, beside `delivery`."""

    database: Database
    clock: Clock
    sources: Sequence[ListsWrites]
    delivery: DeliveryLines
    # the caller's own login, or None: then he is told no value
    gateway_for: Callable[[Identity], Gateway | None]

    def page(self, caller: Identity, wanted: WantedWrites) -> Page:
        """The newest lines first. One call, and one for each 200 records of an object, under the caller's login.

        Raises TransientError when Salesforce cannot be asked what he may see.
        """
        lines = self._lines(caller, replace(wanted, most=wanted.most + 1))
        shown, rest = lines[: wanted.most], lines[wanted.most :]
        gateway = self.gateway_for(caller)
        sight = Sight() if gateway is None else look(gateway, rules.kept_by(shown))
        with self.database.reading(caller.workspace_id) as session:
            names = load_names(session, {line.member_id for line in shown if line.member_id is not None})
        told = [_shown(line, names, sight) for line in shown]
        return Page(told, shown[-1].id if rest else None, has_login=gateway is not None)

    def file(self, caller: Identity, wanted: WantedWrites) -> str:
        """The newest 2,000 lines as CSV, read page by page."""
        lines: list[ShownLine] = []
        wanted = replace(wanted, most=MOST_ON_A_PAGE)
        while len(lines) < MOST_IN_FILE:
            page = self.page(caller, wanted)
            lines += page.lines
            if page.next_before is None:
                break
            wanted = replace(wanted, before=page.next_before)
        return rules.csv_of(lines[:MOST_IN_FILE])

    def _lines(self, caller: Identity, wanted: WantedWrites) -> Sequence[WriteLine]:
        with self.database.reading(caller.workspace_id) as session:
            of_delivery = self.delivery.load(session, caller.connection_id, wanted, now=self.clock())
        others = [source.lines(caller, wanted) for source in self.sources]
        return list(merge(of_delivery, *others, key=lambda line: line.id, reverse=True))[: wanted.most]


def _shown(line: WriteLine, names: dict[MemberId, str], sight: Sight) -> ShownLine:
    by = names.get(line.member_id) if line.member_id is not None else None
    login = by if line.own_login else line.login_name
    return ShownLine(line, by, login, rules.hidden_of(line, sight), rules.labels_of(line, sight))
