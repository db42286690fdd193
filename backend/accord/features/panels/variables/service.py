"""What admins do with variables, and their check of every night. No field value passes here."""

from collections.abc import Mapping
from dataclasses import dataclass

from accord.core.errors import RejectedError
from accord.core.identity import Identity
from accord.features.panels.checks.night import Night, has_values
from accord.features.panels.paths import described, field_of
from accord.features.panels.row_types import CHOSEN, variable_type
from accord.features.panels.setup.model import Checked, FieldChoice, RowCheck
from accord.features.panels.setup.rules import choices_of
from accord.features.panels.setup.service import NOT_SAVED, PanelSetups
from accord.features.panels.variables import rules, store
from accord.features.panels.variables.model import VariableSettings, VariablesView
from accord.infra.audit import CHANGED, Prepared, Reason
from accord.infra.db import WorkspaceSession
from accord.salesforce.model import Gateway
from accord.salesforce.paths import Describes
from accord.workspace.members.store import find_name
from accord.workspace.settings.store import Change


@dataclass(frozen=True, slots=True)
class Variables:
    """`panel` is the set-up of the panel, with whose logins variables are looked at."""

    panel: PanelSetups

    def load(self, caller: Identity) -> VariablesView:
        """The settings with the reason at each row that went bad."""
        with self.panel.database.reading(caller.workspace_id) as session:
            settings = store.load(session, caller.connection_id)
            checked = store.load_check(session, caller.connection_id)
            return VariablesView(settings, checked, find_name(session, settings.changed_by))

    def save(self, caller: Identity, new: VariableSettings) -> VariablesView:
        """Replaces the settings that the admin has seen in the version `new.version`.

        Raises OutdatedError when another admin was first, RejectedError that names each wrong row. Nothing was written.
        """
        self.prepare(caller, new).carry_out(self.panel.database, caller.workspace_id)
        return self.load(caller)

    def prepare(self, caller: Identity, new: VariableSettings, *, reason: Reason = CHANGED) -> Prepared:
        """The settings, checked and ready to be stored in the place of `new.version`. Raises as `save` does.

        Who turns variables off and changes nothing else asks Salesforce nothing.
        """
        with self.panel.database.reading(caller.workspace_id) as session:
            present = store.SETTINGS.load_version(session, caller.connection_id, new.version)
            checked = store.load_check(session, caller.connection_id)
        wanted = rules.tidied(new)
        problems = rules.problems_of_form(wanted)
        if problems:
            raise RejectedError(NOT_SAVED, problems=problems)
        rows = None
        if wanted.rows and (wanted.enabled or wanted.rows != present.rows):
            gateway = self.panel.gateway(caller)
            describes = described(gateway, [one.row for one in wanted.rows])
            problems = rules.problems_of_rows(wanted, describes, present)
            if problems:
                raise RejectedError(NOT_SAVED, problems=problems)
            rows = _checks(gateway, wanted, checked, describes)
        now = self.panel.clock()

        def keep(session: WorkspaceSession) -> str:
            change = Change(wanted, caller.member_id, now, reason)
            line_id = store.SETTINGS.change(session, caller.connection_id, change)
            if rows is not None:
                store.CHECKS.save(session, caller.connection_id, rows, now=now)
            return line_id

        return Prepared(keep)

    def fields(self, caller: Identity, sobject: str) -> list[FieldChoice]:
        """The fields of an object for a picker, each with its type as a variable or the reason why it can be none."""
        return choices_of(self.panel.gateway(caller).describe(sobject), allowed=rules.TYPES)

    def check_all(self) -> int:
        """The check of the night, of the panel's rows and of variables; gives how many were checked."""
        return self.panel.night.check_all() + self.night.check_all()

    @property
    def night(self) -> Night[VariableSettings]:
        """The check of every night."""
        panel = self.panel
        return Night(
            panel.database,
            panel.clock,
            panel.stored_gateway,
            panel.live_connections,
            store.SETTINGS,
            store.CHECKS,
            _checks,
        )


def _checks(
    gateway: Gateway, settings: VariableSettings, before: Checked, describes: Describes
) -> Mapping[str, RowCheck]:
    found = [(one.row, field_of(one.row, describes)) for one in settings.rows]
    chosen = [row for row, field in found if field is not None and variable_type(field) in CHOSEN]
    offers = {row.key: has_values(gateway, row) for row in chosen}
    return rules.decide_checks(settings, before, describes, gateway.user_id, offers=offers)
