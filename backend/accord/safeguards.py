"""What keeps admins safe, joined from its features. Nothing here decides anything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from accord.core.clock import Clock
from accord.core.errors import AccordError
from accord.core.identity import Identity
from accord.core.ids import ConnectionId, WorkspaceId
from accord.core.troubles import Trouble
from accord.delivery.lines import DeliveryLines
from accord.delivery.outbox import Outbox
from accord.delivery.parts import Part
from accord.delivery.service import Delivery
from accord.features.access.api import access_blueprint
from accord.features.access.service import AccessPage
from accord.features.activities import courier as activities
from accord.features.audit.api import audit_blueprint
from accord.features.audit.service import Audit
from accord.features.automation.events import courier as events
from accord.features.call_budget.api import call_budget_blueprint
from accord.features.call_budget.service import BudgetSetup
from accord.features.call_budget.setting import budget_setting
from accord.features.connections.admin.service import ConnectionAdmin
from accord.features.connections.model import Connection
from accord.features.contacts import courier as contacts
from accord.features.cost.api import cost_blueprint
from accord.features.cost.service import Costs
from accord.features.field_sync.sync import courier as field_sync
from accord.features.field_sync.sync.model import FIELDS
from accord.features.field_sync.why.lines import FieldLines
from accord.features.messages.api import messages_blueprint
from accord.features.messages.groups import OrgGroups
from accord.features.messages.people import Concerned
from accord.features.messages.service import Messages
from accord.features.messages.setting import message_setting
from accord.features.messages.setup import MessageSetup
from accord.features.messages.ways.mailing import Mailing
from accord.features.messages.ways.telling import Ring, Ways
from accord.features.notifications import courier as notifications
from accord.features.panels.why.lines import PanelLines
from accord.features.privacy.forgetting.api import forgetting_blueprint
from accord.features.privacy.forgetting.service import Forgetting
from accord.features.privacy.leaving.api import leaving_blueprint
from accord.features.privacy.leaving.model import Read
from accord.features.privacy.leaving.rules import reads_of
from accord.features.privacy.leaving.service import WhatLeaves
from accord.features.privacy.places.model import place_of
from accord.features.safety.brakes.api import brakes_blueprint
from accord.features.safety.brakes.service import BrakeSwitches
from accord.features.support.api import support_blueprint
from accord.features.support.service import SupportBundle
from accord.features.transfer.api import transfer_blueprint
from accord.features.transfer.service import Transfer
from accord.features.two_way import courier as two_way
from accord.features.uninstall.api import uninstall_blueprint
from accord.features.uninstall.named import NamedField
from accord.features.uninstall.service import Uninstall
from accord.features.uninstall.uses.service import PartsInUse
from accord.features.uninstall.values.service import ValueSheets
from accord.features.writes.api import writes_blueprint
from accord.features.writes.service import Writes
from accord.infra.audit import Setting
from accord.infra.db import Database
from accord.infra.json_body import JsonBlueprint
from accord.infra.mail import open_mailer
from accord.salesforce.model import Gateway
from accord.settings import Settings

FIELD_SYNC = "settings.field_sync"  # the kind of settings whose fields Accord writes

# how many calls that read go with one of a part that writes, at most
LOOKS: Final = {
    Part.ACTIVITY: activities.LOOKS,
    Part.FIELDS: field_sync.LOOKS,
    Part.TWO_WAY: two_way.LOOKS,
    Part.CONTACTS: contacts.LOOKS,
    Part.EVENTS: events.LOOKS,
    Part.MESSAGES: notifications.LOOKS,
}


@dataclass(frozen=True, slots=True)
class Safeguards:
    brakes: BrakeSwitches
    audit: Audit
    writes: Writes
    transfer: Transfer
    messages: Messages
    message_setup: MessageSetup
    access: AccessPage
    forgetting: Forgetting
    leaving: WhatLeaves
    costs: Costs
    budget: BudgetSetup
    support: SupportBundle
    uninstall: Uninstall
    parts_in_use: PartsInUse
    value_sheets: ValueSheets


def build_safeguards(  # noqa: PLR0913 - given once, by name, by a root
    database: Database,
    clock: Clock,
    *,
    admin: ConnectionAdmin,
    settings: Sequence[Setting],
    wake: Callable[[], None],
    ring: Ring,
    program: Settings,
    troubles: Callable[[WorkspaceId, ConnectionId], Sequence[Trouble]],
    looking: Callable[[Identity], int],
) -> Safeguards:
    """`settings` are all kinds that admins set, in the order of the settings tab. `troubles` are those of the reading
    of the org; `ring` puts what is to ring in Salesforce. `program` are those of the environment;
    `looking` says what looking for changes costs, in calls a day.
    """
    connections = admin.connections

    def org_of(caller: Identity) -> Connection:
        return connections.get_connection(caller.workspace_id, caller.connection_id)

    def owner_gateway(caller: Identity) -> Gateway:
        return connections.gateway_for(caller.workspace_id, caller.connection_id, None)

    def name_of(workspace_id: WorkspaceId, connection_id: ConnectionId) -> str:
        try:
            return connections.get_connection(workspace_id, connection_id).label
        except AccordError:  # disconnected meanwhile
            return "an org that is disconnected"

    def named(caller: Identity) -> Sequence[NamedField]:
        reads = (
            (each.kind, read)
            for each in settings
            for read in reads_of(each.kind, each.title, each.standing(caller).values)
        )
        return [_named(kind, read) for kind, read in reads]

    notices, mailer = connections.notices, open_mailer(program.mail, ca_file=program.ca_file)
    org_groups = OrgGroups(
        lambda workspace_id, connection_id: connections.gateway_for(workspace_id, connection_id, None)
    )
    messages = Messages(
        database,
        clock,
        groups=org_groups,
        ways=Ways(mailer is not None, ring),
        concerned=Concerned(ring),
        mailing=Mailing(database, clock, mailer, name_of),
        live_connections=connections.live_connections,
        more_troubles=lambda *place: [*notices.troubles(*place), *troubles(*place)],
        notices=notices.personal,
    )
    message_setup = MessageSetup(database, clock, has_mail=mailer is not None, org_groups=org_groups)
    budget = BudgetSetup(database, clock)
    settings = (*settings, message_setting(message_setup), budget_setting(budget))
    return Safeguards(
        brakes=BrakeSwitches(database=database, clock=clock, org_of=org_of, wake=wake),
        audit=Audit(database, clock, settings),
        writes=Writes(
            database,
            clock,
            (PanelLines(database), FieldLines(database)),
            DeliveryLines(Outbox(database.vault), told_elsewhere=(FIELDS,)),
            connections.gateway_for_caller,
        ),
        transfer=Transfer(database, clock, settings, org_of),
        messages=messages,
        message_setup=message_setup,
        forgetting=Forgetting(database, clock, Outbox(database.vault)),
        leaving=WhatLeaves(settings, program.data_region),
        costs=Costs(
            database,
            clock,
            settings,
            gateway=lambda caller: connections.gateway_for_caller(caller) or owner_gateway(caller),
            looking=looking,
            looks=LOOKS,
        ),
        budget=budget,
        support=SupportBundle(
            database=database,
            clock=clock,
            delivery=Delivery(Outbox(database.vault)),
            settings=settings,
            visit=admin.visit,
            org_of=org_of,
            objects_of=lambda caller: {
                need.sobject for need in admin.needs(caller.workspace_id, caller.connection_id) if need.is_described
            },
            describe=lambda caller, sobject: owner_gateway(caller).describe(sobject),
        ),
        parts_in_use=PartsInUse(lambda caller: connections.gateway_for_caller(caller) or owner_gateway(caller), named),
        value_sheets=ValueSheets(database, clock, connections.gateway_for_caller, named),
        uninstall=Uninstall(
            database,
            clock,
            Delivery(Outbox(database.vault)),
            connections.shutting,
            connections.get_connection,
        ),
        access=AccessPage(
            database,
            clock,
            own_gateway=connections.gateway_for_caller,
            owner_gateway=owner_gateway,
        ),
    )


def _named(kind: str, read: Read) -> NamedField:
    *steps, field = read.field.split(".")
    return NamedField(read.sobject, tuple(steps), field, is_written=kind == FIELD_SYNC)


def safeguard_blueprints(safeguards: Safeguards) -> Sequence[JsonBlueprint]:
    return [
        forgetting_blueprint(safeguards.forgetting),
        leaving_blueprint(safeguards.leaving),
        cost_blueprint(safeguards.costs),
        call_budget_blueprint(safeguards.budget),
        support_blueprint(safeguards.support),
        brakes_blueprint(safeguards.brakes),
        audit_blueprint(safeguards.audit),
        writes_blueprint(safeguards.writes),
        transfer_blueprint(safeguards.transfer),
        messages_blueprint(safeguards.messages, safeguards.message_setup),
        access_blueprint(safeguards.access),
        uninstall_blueprint(safeguards.uninstall, safeguards.parts_in_use, safeguards.value_sheets, place_of),
    ]
