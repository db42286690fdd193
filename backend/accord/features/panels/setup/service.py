"""What admins do with the panel's set-up, and the check of every night. No field value passes here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from accord.core.clock import Clock
from accord.core.errors import NotFoundError, RejectedError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, MemberId, WorkspaceId, widen
from accord.core.troubles import Trouble
from accord.delivery.brakes import store as brakes
from accord.delivery.brakes.rules import decide_refusal
from accord.features.panels.checks.night import Night, has_values
from accord.features.panels.model import DEAL, Layout, RowSpec, TabRule, TabSpec
from accord.features.panels.paths import MOST_STEPS, described, field_of, holder_of
from accord.features.panels.setup import rules, store
from accord.features.panels.setup.model import (
    UNCHECKED,
    Checked,
    Fault,
    FieldChoice,
    PanelSettings,
    RowCheck,
    RuleChoices,
    Setup,
)
from accord.features.panels.variables import store as named
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import Database, WorkspaceSession
from accord.salesforce.model import Gateway, PicklistValue
from accord.salesforce.paths import Describes
from accord.salesforce.soql import eq, select
from accord.workspace.members.store import find_name
from accord.workspace.settings.store import Change

log = structlog.get_logger()
NOT_SAVED = "Nothing was saved. Correct what is named."


@dataclass(frozen=True, slots=True)
class PanelSetups:
    database: Database
    clock: Clock
    # the admin's own login, or None
    gateway_for: Callable[[Identity], Gateway | None]
    # a member's stored login, or the integration owner's (None), for the night
    stored_gateway: Callable[[WorkspaceId, ConnectionId, MemberId | None], Gateway]
    live_connections: Callable[[], Iterable[tuple[WorkspaceId, ConnectionId]]]

    def layout_for(self, caller: Identity) -> Layout:
        """The panel that is set up for the caller's org, with its variables while they are on."""
        with self.database.reading(caller.workspace_id) as session:
            setup = store.load(session, caller.connection_id)
            checked = store.load_check(session, caller.connection_id)
            variables = named.load(session, caller.connection_id)
            named_checked = named.load_check(session, caller.connection_id) if variables.looked_at else Checked()
        found = [(row.key, checked) for row in setup.looked_at]
        found += [(row.key, named_checked) for row in variables.looked_at]
        gone = frozenset(key for key, check in found if check.of(key).fault is Fault.FIELD_GONE)
        return Layout(setup.tabs, gone, variables=variables.rows if variables.enabled else ())

    def stop_for(self, caller: Identity) -> str | None:
        """Why nothing may be saved in the caller's org now, also where Salesforce's own page saves; None: it may."""
        with self.database.reading(caller.workspace_id) as session:
            refusal = decide_refusal(brakes.load(session, caller.connection_id, now=self.clock()), own_edit=True)
        return None if refusal is None else refusal.message

    def load(self, caller: Identity) -> PanelSettings:
        """The set-up with the reason at each row that went bad."""
        with self.database.reading(caller.workspace_id) as session:
            setup = store.load(session, caller.connection_id)
            checked = store.load_check(session, caller.connection_id)
            return PanelSettings(setup, checked, find_name(session, setup.changed_by))

    def troubles(self, workspace_id: WorkspaceId, connection_id: ConnectionId) -> list[Trouble]:
        """Rows and variables that went bad, for whoever tells admins."""
        with self.database.reading(workspace_id) as session:
            return rules.troubles_of(
                (store.load(session, connection_id).looked_at, store.load_check(session, connection_id)),
                (named.load(session, connection_id).looked_at, named.load_check(session, connection_id)),
            )

    def save(self, caller: Identity, new: Setup) -> PanelSettings:
        """Replaces the set-up that the admin has seen in the version `new.version`.

        Raises OutdatedError when another admin was first, RejectedError that names each wrong row. Nothing was written.
        """
        self.prepare(caller, new).carry_out(self.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: Setup, *, reason: Reason = CHANGED) -> Prepared:
        """The set-up, checked and ready to be stored in the place of `new.version`. Raises as `save` does."""
        with self.database.reading(caller.workspace_id) as session:
            present = store.SETTINGS.load_version(session, caller.connection_id, new.version)
            checked = store.load_check(session, caller.connection_id)
        problems = rules.problems_of_form(new.tabs)
        if problems:
            raise RejectedError(NOT_SAVED, problems=problems)
        gateway, wanted = self.gateway(caller), rules.tidied([_widened(tab) for tab in new.tabs])
        tidied = replace(new, tabs=wanted)
        describes = described(gateway, tidied.looked_at)
        standing = {row.key for row in present.looked_at}
        problems = rules.problems_of_rows(wanted, describes, standing)
        if any(tab.rule != TabRule() for tab in wanted):
            problems += rules.problems_of_rules(wanted, _rule_choices(gateway))
        if problems:
            raise RejectedError(NOT_SAVED, problems=problems)
        now = self.clock()
        rows = _checks(gateway, tidied, checked, describes)

        def keep(session: WorkspaceSession) -> str:
            change = Change(tidied, caller.member_id, now, reason)
            line_id = store.SETTINGS.change(session, caller.connection_id, change)
            store.save_check(session, caller.connection_id, rows, now=now)
            return line_id

        return Prepared(keep)

    def fields(self, caller: Identity, sobject: str, *, over: str = "") -> list[FieldChoice]:
        """The fields of an object for a picker, each with the panel's type or the reason why it cannot be shown.

        `over`: a path of relationships from there (`Owner`), whose record's fields are meant. Raises NotFoundError for
        one that leads nowhere.
        """
        gateway = self.gateway(caller)
        if not over:
            return rules.choices_of(gateway.describe(sobject))
        row = RowSpec(sobject, f"{over}.Id", "")
        holder = holder_of(row, described(gateway, [row]).get) if len(row.steps) <= MOST_STEPS else None
        if holder is None:
            raise NotFoundError("related record")
        return rules.choices_of(holder, over=over)

    def rule_choices(self, caller: Identity) -> RuleChoices:
        """What a tab's rule may name."""
        return _rule_choices(self.gateway(caller))

    def gateway(self, caller: Identity) -> Gateway:
        """The admin's own login; without one the integration owner's, since a describe holds no values."""
        return self.gateway_for(caller) or self.stored_gateway(caller.workspace_id, caller.connection_id, None)

    @property
    def night(self) -> Night[Setup]:
        """The check of every night."""
        return Night(
            self.database, self.clock, self.stored_gateway, self.live_connections, store.SETTINGS, store.CHECKS, _checks
        )


def _checks(gateway: Gateway, setup: Setup, before: Checked, describes: Describes) -> Mapping[str, RowCheck]:
    found: dict[str, RowCheck] = {}
    for row in setup.looked_at:
        describe = field_of(row, describes)
        is_chosen_here = describe is not None and describe.type == "picklist" and not row.is_related
        offers = not is_chosen_here or has_values(gateway, row)
        kept = before.rows.get(row.key, UNCHECKED)
        words = None if describe is None else rules.takes_codes(row.field, describes[row.sobject])
        checked = rules.decide_check(row, describe, kept, gateway.user_id, has_values=offers)
        found[row.key] = rules.coded(checked, words)
    return found


def _rule_choices(gateway: Gateway) -> RuleChoices:
    types: Sequence[PicklistValue] = ()
    # Salesforce: an object has this field only where the org has record types for it
    if "RecordTypeId" in gateway.describe(DEAL).fields:
        query = select("Id", "Name").from_("RecordType").where(eq("SobjectType", DEAL), eq("IsActive", True))
        types = [PicklistValue(str(one["Id"]), str(one["Name"])) for one in gateway.query(query.ordered("Name"))]
    return RuleChoices(types, gateway.picklist_values(DEAL, None, "StageName"))


def _widened(tab: TabSpec) -> TabSpec:
    """With record types in their long form; what is no id stays as it is and is refused with the others."""
    types = []
    for given in tab.rule.record_types:
        try:
            types.append(widen(given))
        except ValueError:
            types.append(given)
    return TabSpec(tab.key, tab.label, tab.rows, TabRule(tuple(types), tab.rule.stages))
