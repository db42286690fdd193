"""What admins set: the rules, checked against the org; and the deals that wait, for them to see."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from accord.core.clock import Clock
from accord.core.errors import Problem, RejectedError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, PlaybookId, RecordId, UserId, is_our_id, new_id
from accord.core.text import printable
from accord.features.auto_create import rules, store
from accord.features.auto_create.choices import load_choices
from accord.features.auto_create.deals import load_people
from accord.features.auto_create.model import Choices, Page, PlaybookRef, Reason, Rule, Settings, Standing
from accord.infra.audit import CHANGED, Prepared
from accord.infra.audit import Reason as Why
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway
from accord.workspace.members.model import Member, MemberStatus
from accord.workspace.members.store import find_name, load_everybody
from accord.workspace.plans import store as plans
from accord.workspace.plans.model import Plan, Wanted
from accord.workspace.plans.playbooks import store as playbooks
from accord.workspace.plans.playbooks.model import Playbook
from accord.workspace.plans.playbooks.rules import named
from accord.workspace.settings.store import Change

NOT_SAVED: Final = "Nothing was saved. Correct what is named."
WAITING_PAGE: Final = 100
MOST_TEMPLATES: Final = 200
NO_PLAYBOOK: Final = "There is no playbook {name}. Save one with this title first, or choose another one."
GONE: Final = "Somebody has just deleted this playbook. Choose another one."


@dataclass(frozen=True, slots=True)
class SettingsView:
    """`busy` are rules that still look at the deals that are there."""

    settings: Settings
    changed_by: str | None
    counts: Mapping[tuple[str, Standing], int]
    busy: frozenset[str]


@dataclass(frozen=True, slots=True)
class Offered:
    """What a rule may be made of. `templates` are plans without a deal, the newest first."""

    choices: Choices
    people: Sequence[Member]
    playbooks: Sequence[Playbook]
    templates: Sequence[Plan]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    id: str
    opportunity_id: RecordId
    rule: str
    reason: Reason
    for_user: UserId
    since: datetime


@dataclass(frozen=True, slots=True)
class AutoCreateSetup:
    database: Database
    clock: Clock
    owner_gateway: Callable[[Identity], Gateway]  # with whose login deals are read for rules

    def load(self, caller: Identity) -> SettingsView:
        place = caller.connection_id
        with self.database.reading(caller.workspace_id) as session:
            settings = store.load_settings(session, place)
            counts = store.count_standings(session, place)
            busy = frozenset(one.rule_id for one in store.load_pages(session, place))
            return SettingsView(settings, find_name(session, settings.changed_by), counts, busy)

    def save(self, caller: Identity, new: Settings, also_existing: Collection[int] = ()) -> SettingsView:
        """Stores the rules; `new.version` is the version that was changed. `also_existing`: places of those that give
        the deals that are there already plans, too, when they are switched on by this.

        Raises RejectedError that names what is wrong, OutdatedError when another admin was first. Nothing was written.
        """
        self.prepare(caller, new, also_existing=also_existing).carry_out(self.database, caller.workspace_id)
        return self.load(caller)

    def prepare(
        self, caller: Identity, new: Settings, *, reason: Why = CHANGED, also_existing: Collection[int] = ()
    ) -> Prepared:
        """The rules, checked and ready to be stored. Raises as `save` does."""
        with self.database.reading(caller.workspace_id) as session:
            present = store.SETTINGS.load_version(session, caller.connection_id, new.version)
        now = self.clock()
        checked = rules.begun(self.check(caller, new.rules), present.rules, now)
        were_on = {one.id for one in present.enabled}
        also = [
            one.id
            for place, one in enumerate(checked)
            if one.enabled and place in also_existing and one.id not in were_on
        ]

        def keep(session: WorkspaceSession) -> str:
            place, settings = caller.connection_id, Settings(checked, new.version)
            held = {one.id for one in playbooks.hold(session, place)}
            gone = [number for number, one in enumerate(checked) if one.playbook and one.playbook.id not in held]
            if gone:
                raise RejectedError(NOT_SAVED, problems=(_wrong(gone[0], "playbook", GONE),))
            line_id = store.SETTINGS.change(session, place, Change(settings, caller.member_id, now, reason))
            store.drop_pages(session, place, were_on - {one.id for one in settings.enabled})
            for rule_id in also:
                store.put_page(session, place, Page(rule_id), now=now)
            return line_id

        return Prepared(keep)

    def check(self, caller: Identity, given: Sequence[Rule]) -> tuple[Rule, ...]:
        """The rules with their ids. Raises RejectedError that names all that is wrong."""
        choices = load_choices(self.owner_gateway(caller))
        templates = [one.template for one in given if one.template is not None]
        with self.database.reading(caller.workspace_id) as session:
            present = store.load_settings(session, caller.connection_id).rules
            people = load_people(session, caller.connection_id)
            found = plans.load(session, caller.connection_id, templates)
            library = playbooks.load(session, caller.connection_id)
        given = [_with_playbook(one, library) for one in given]
        problems = list(rules.problems_of(given, choices))
        for number, one in enumerate(given):
            person = people.get(one.point_person) if one.point_person is not None else None
            if one.point_person is not None and (person is None or not person.is_active):
                problems.append(_wrong(number, "point_person", "He is no active member here. Choose one of the list."))
            if one.template is not None and not _is_template(found.get(one.template)):
                message = "There is no such plan, or it has a deal. Choose a plan without a deal, or none."
                problems.append(_wrong(number, "template_id", message))
            if one.playbook is not None and not one.playbook.title:
                message = GONE if is_our_id(one.playbook.id) else NO_PLAYBOOK.format(name=printable(one.playbook.id))
                problems.append(_wrong(number, "playbook", message))
        if problems:
            raise RejectedError(NOT_SAVED, problems=tuple(problems))
        return tuple(replace(one, id=_id_of(one, present) or new_id(self.clock())) for one in given)

    def offered(self, caller: Identity) -> Offered:
        """What the pickers show. Raises what a gateway raises."""
        choices = load_choices(self.owner_gateway(caller))
        wanted = Wanted(limit=MOST_TEMPLATES, is_connected=False, is_archived=False)
        with self.database.reading(caller.workspace_id) as session:
            people = load_everybody(session, caller.connection_id)
            templates = plans.load_page(session, caller.connection_id, wanted)[:MOST_TEMPLATES]
            library = playbooks.load(session, caller.connection_id)
        return Offered(choices, [one for one in people if one.status is MemberStatus.ACTIVE], library, templates)

    @staticmethod
    def playbook_uses(session: WorkspaceSession, connection_id: ConnectionId) -> Mapping[PlaybookId, Sequence[str]]:
        """Names of the rules by the playbook that each names."""
        found: dict[PlaybookId, list[str]] = {}
        for one in store.load_settings(session, connection_id).rules:
            if one.playbook is not None:
                found.setdefault(one.playbook.id, []).append(one.name)
        return found

    def waiting(self, caller: Identity, *, after: str | None) -> Sequence[WaitingRow]:
        """A page of the deals that wait for a person. No value of theirs is in it."""
        with self.database.reading(caller.workspace_id) as session:
            names = {one.id: one.name for one in store.load_settings(session, caller.connection_id).rules}
            found = store.load_waiting(session, caller.connection_id, after=after, limit=WAITING_PAGE)
        return [
            WaitingRow(
                row.id,
                RecordId(row.opportunity_id),
                names.get(row.rule_id, ""),
                Reason(row.reason),
                UserId(row.for_user),
                row.since,
            )
            for row in found
        ]


def _id_of(rule: Rule, present: Sequence[Rule]) -> str | None:
    """Which rule it was: the one with its id, or for one that comes from a file the one of its name."""
    by_name = {one.name.casefold(): one.id for one in present}
    return rule.id if rule.id in by_name.values() else by_name.get(rule.name.casefold()) if not rule.id else None


def _with_playbook(rule: Rule, library: Sequence[Playbook]) -> Rule:
    """The rule with the playbook that it names by its id or its title; without a title there is no such one."""
    found = named(library, rule.playbook.id) if rule.playbook is not None else None
    return rule if found is None else replace(rule, playbook=PlaybookRef(found.id, found.title))


def _is_template(plan: Plan | None) -> bool:
    return plan is not None and plan.opportunity_id is None


def _wrong(number: int, field: str, message: str) -> Problem:
    return Problem(code="INVALID_VALUE", key=f"rules.{number}", field=field, message=message)
