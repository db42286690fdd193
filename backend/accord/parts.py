"""The features, each with what it needs, made once by a root. Nothing here decides anything."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from accord.core.clock import Clock, system_clock
from accord.core.identity import Identity
from accord.deal_contacts import build_deal_contacts
from accord.deal_links import DealLinks, build_deal_links, deal_listeners
from accord.delivery.drain import Drain, in_turn
from accord.delivery.outbox import Outbox
from accord.delivery.records.service import forget_old as forget_records
from accord.delivery.service import Delivery
from accord.delivery.worker import POLL_SECONDS, Worker
from accord.features.activities.courier import TaskCourier
from accord.features.activities.fallback import owner_writes
from accord.features.activities.folds import Folds
from accord.features.activities.linking.service import ContactLinks
from accord.features.activities.plan_activity import PlanActivity
from accord.features.activities.service import Activities, Authors
from accord.features.activities.setting import activity_setting
from accord.features.activities.setup import ActivitySetup
from accord.features.activities.zones import OwnerZones
from accord.features.automation.api import Door, by_operation, flow_doors
from accord.features.automation.calls.service import FlowCalls
from accord.features.automation.deals.service import DealActions
from accord.features.automation.events.courier import PlanEventCourier
from accord.features.automation.events.intake import Intake
from accord.features.automation.events.plan_events import PlanEvents
from accord.features.automation.plans.service import PlanActions
from accord.features.automation.sync.service import SyncActions
from accord.features.connections.admin.service import ConnectionAdmin
from accord.features.connections.admin.setting import connection_setting
from accord.features.connections.service import Connections
from accord.features.field_sync.setting import field_sync_setting
from accord.features.field_sync.why.written import FieldsWritten
from accord.features.health.service import Health
from accord.features.notifications.service import Notifications
from accord.features.panels.drafts.service import Drafts
from accord.features.panels.service import Panels
from accord.features.panels.setting import panel_settings
from accord.features.panels.setup.service import PanelSetups
from accord.features.panels.variables.service import Variables
from accord.features.panels.why.service import Whys
from accord.features.panels.why.tries import Tries
from accord.features.two_way.courier import TwoWayCourier, mark_values
from accord.features.two_way.reading.looking import Looking
from accord.features.two_way.rights import DealRights
from accord.features.two_way.standing import LinkStandings
from accord.features.two_way.written import ValuesWritten
from accord.infra.db import Database
from accord.infra.limits import forget_over
from accord.infra.processes.bell import ring
from accord.infra.processes.chores import Chore
from accord.infra.processes.presence import process_name
from accord.org_needs import OrgNeeds
from accord.safeguards import Safeguards, build_safeguards
from accord.salesforce.describe import DescribeCache
from accord.salesforce.model import Gateway
from accord.salesforce.transport import HttpOptions, http_options
from accord.settings import Settings
from accord.synced_fields import SyncedFields, build_field_engine, build_synced_fields, plans_as_sources
from accord.workspace.plans.access import Access
from accord.workspace.plans.changing import Changes
from accord.workspace.plans.events import OnPlanEvent
from accord.workspace.plans.repeats.service import forget_old as forget_wishes
from accord.workspace.plans.rooms import PlanRooms
from accord.workspace.plans.service import Plans
from accord.workspace.plans.statuses import StatusWatch

SHARED_POLL_SECONDS = 2.0  # where a bell wakes the workers, looking is for what comes due and for a ring that was lost


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that the web and the worker are built from, made once by a root."""

    settings: Settings
    clock: Clock
    database: Database
    connections: Connections
    connection_admin: ConnectionAdmin
    activities: Activities
    activity_setup: ActivitySetup
    zones: OwnerZones
    flow_calls: FlowCalls
    flow_doors: Sequence[Door]
    intake: Intake
    panels: Panels
    panel_tries: Tries
    panel_whys: Whys
    panel_drafts: Drafts
    panel_setups: PanelSetups
    variables: Variables
    plans: Plans
    plan_rooms: PlanRooms
    status_watch: StatusWatch
    deal_links: DealLinks
    health: Health
    drain: Drain
    worker: Worker
    safeguards: Safeguards
    synced_fields: SyncedFields

    @property
    def chores(self) -> Mapping[str, Chore]:
        """What is to be done once an hour."""
        return {
            "expired_forgotten": self.connections.sign_in.forget_expired,
            "ends_noticed": self.connections.notices.look_at_all,
            "repeats_forgotten": lambda: self.activities.forget_old(self.clock()),
            "events_forgotten": lambda: self.intake.forget_old(self.clock()),
            "records_forgotten": lambda: forget_records(self.database, self.clock()),
            "deliveries_forgotten": self.health.forget_over,
            "drafts_forgotten": self.panel_drafts.forget_old,
            "tries_forgotten": self.panel_tries.forget_old,
            "statuses_told": self.status_watch.tell_all,
            "plan_requests_forgotten": lambda: forget_wishes(self.database, self.clock()),
            "zones_read": self.zones.read_all,
            "panels_checked": self.variables.check_all,
            "synced_fields_checked": self.synced_fields.setup.check_all,
            "field_writes_forgotten": self.synced_fields.runs.forget_old,
            "admins_told": self.safeguards.messages.look_at_all,
            "messages_forgotten": self.safeguards.messages.forget_old,
            "leaving_finished": self.safeguards.uninstall.finish_all,
            "counts_forgotten": lambda: forget_over(self.database, now=self.clock()),
        }

    @property
    def turns(self) -> Mapping[str, Chore]:
        """What is looked at every few seconds: what has changed in the orgs."""
        return {"deals_read": self.deal_links.reader.read_all}


def build_parts(
    settings: Settings, database: Database, *, clock: Clock = system_clock, http: HttpOptions | None = None
) -> Parts:
    """The features with what they need. `http` replaces the way to Salesforce (tests mount an org in the process)."""
    describes = DescribeCache()
    connections = Connections(
        settings=settings, database=database, clock=clock, http=http or http_options(settings), describes=describes
    )
    own_gateway = connections.gateway_for_caller
    outbox = Outbox(database.vault)
    notifications = Notifications(outbox, clock)
    tasks, links = TaskCourier(describes, clock), ContactLinks(outbox, clock)
    field_engine = build_field_engine(
        database,
        clock,
        outbox=outbox,
        sources=plans_as_sources(settings.plans_url),
        others=PlanEventCourier(others=notifications.courier(database, others=tasks)),
        connections=connections,
    )
    deal_contacts = build_deal_contacts(
        database,
        clock,
        outbox=outbox,
        gateway_for=connections.gateway_for,
        change_of=lambda actor, plan_id: plan_changes.of(actor, plan_id),  # noqa: PLW0108 - made below,
        on_contacts=links.on_contacts,
        wake=lambda: wake(),  # noqa: PLW0108 - as it tells listeners who need what delivers
    )
    drain = Drain(
        database=database,
        gateways=connections,
        outbox=outbox,
        clock=clock,
        dice=random.random,
        courier=deal_contacts.courier(TwoWayCourier(database, connections.currency_of, others=field_engine.courier)),
        next_logins={"Task": owner_writes},
        on_finished=in_turn(links, mark_values),
        worker=process_name(),
    )
    embedded = database.dialect == "sqlite"
    worker = Worker(
        drain, threads=settings.worker_threads, poll_seconds=POLL_SECONDS if embedded else SHARED_POLL_SECONDS
    )
    wake = worker.wake if embedded else partial(ring, database.engine)
    activities = Activities(
        database=database,
        clock=clock,
        outbox=outbox,
        authors=Authors(connections.has_personal_login),
        folds=Folds(database.vault, Delivery(outbox)),
        wake=wake,
        on_nameless=connections.personal.note_activity,
    )
    zones = OwnerZones(
        database,
        clock,
        owner_gateway=lambda workspace_id, connection_id: connections.gateway_for(workspace_id, connection_id, None),
        connections=connections.live_connections,
    )

    def owner_gateway(caller: Identity) -> Gateway:
        return connections.gateway_for(caller.workspace_id, caller.connection_id, None)

    activity_setup = ActivitySetup(
        database=database,
        clock=clock,
        authors=activities.authors,
        closed_status=lambda caller: tasks.closed_status(owner_gateway(caller), caller.connection_id),
        read_zones=lambda caller: zones.read(caller.workspace_id, caller.connection_id),
    )
    panel_setups = PanelSetups(
        database=database,
        clock=clock,
        gateway_for=own_gateway,
        stored_gateway=connections.gateway_for,
        live_connections=connections.live_connections,
    )
    variables = Variables(panel_setups)
    plan_listeners: Sequence[OnPlanEvent] = (
        PlanActivity(activities.log_in),
        PlanEvents(outbox, clock),
        field_engine.on_event,
        deal_contacts.on_event,
        *deal_listeners(outbox, clock),
    )
    deal_rights = DealRights(database, own_gateway)
    plan_access = Access(database, gateway_for=own_gateway, deal_values=deal_rights)
    plan_changes = Changes(database, clock, listeners=plan_listeners, wake=wake)
    plans = Plans(plan_changes, plan_access)
    synced_fields = build_synced_fields(field_engine, connections=connections, wake=wake, check_plan=plans.get)
    deal_links = build_deal_links(
        database,
        clock,
        outbox=outbox,
        connections=connections,
        contacts=deal_contacts,
        plans=plans,
        rights=deal_rights,
        wake=wake,
        ring=notifications.put,
        on_followed=field_engine.on_deals,
    )

    rooms = PlanRooms(plan_changes, plan_access, deal_links.guard, owner_gateway, deal_links.rules.playbook_uses)

    def org_address(caller: Identity) -> str:
        return connections.get_connection(caller.workspace_id, caller.connection_id).instance_url

    deals = DealActions(plans, rooms, settings.plans_url, owner_gateway=owner_gateway)
    mapped = field_engine.standings, LinkStandings()
    syncs = SyncActions(database, outbox, clock, wake=wake, org_address=org_address, mapped=mapped)
    flow_calls, panel_tries = FlowCalls(database, clock), Tries(database, clock)
    tell_written = (FieldsWritten(database, clock, field_engine.sources), ValuesWritten(database))
    needs = OrgNeeds(database, activity_setup, panel_setups.layout_for, others=(deal_links.needs, synced_fields.needs))
    connection_admin = ConnectionAdmin(connections, needs=needs)
    synced = field_sync_setting(synced_fields.setup)
    first = *panel_settings(variables), *rooms.settings, synced, activity_setting(activity_setup)
    doors = flow_doors(activities.log, deals, syncs, PlanActions(plans, rooms, owner_gateway=owner_gateway))
    safeguards = build_safeguards(
        database,
        clock,
        admin=connection_admin,
        settings=(*first, *deal_links.settings, connection_setting(connection_admin)),
        wake=wake,
        ring=notifications.put,
        program=settings,
        troubles=lambda *place: [
            *deal_links.reader.troubles(*place),
            *panel_setups.troubles(*place),
            *synced_fields.setup.troubles(*place),
        ],
        looking=Looking(database).calls_a_day,
    )
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        connections=connections,
        connection_admin=connection_admin,
        activities=activities,
        activity_setup=activity_setup,
        zones=zones,
        flow_calls=flow_calls,
        flow_doors=doors,
        intake=Intake(database, clock, activities.log, syncs.sync_now, flow_calls, by_operation(doors)),
        panels=Panels(
            own_gateway, panel_setups.layout_for, panel_tries, panel_setups.stop_for, owner_gateway, plan_access.sees
        ),
        panel_tries=panel_tries,
        panel_whys=Whys(database, own_gateway, panel_setups.layout_for, plans.check_deal, tell_written),
        panel_drafts=Drafts(database, clock, lambda caller: own_gateway(caller) is not None, plans.check_deal),
        panel_setups=panel_setups,
        variables=variables,
        plans=plans,
        status_watch=StatusWatch(plan_changes, connections.live_connections),
        plan_rooms=rooms,
        deal_links=deal_links,
        health=Health(database=database, clock=clock, delivery=Delivery(outbox), wake=wake),
        drain=drain,
        worker=worker,
        synced_fields=synced_fields,
        safeguards=safeguards,
    )
