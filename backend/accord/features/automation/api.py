"""What Flow Builder calls as actions (External Services). Operations are added here, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app
from flask.views import MethodView
from marshmallow import Schema

from accord.core.errors import NotFoundError
from accord.core.flow import ActivityItem, LogActivities
from accord.core.identity import Role
from accord.features.automation.actions import Action, Runner
from accord.features.automation.calls.schemas import DryRunSchema, FlowCallsSchema, WhichCallsSchema
from accord.features.automation.calls.service import FlowCalls
from accord.features.automation.deals import schemas as deals
from accord.features.automation.deals.model import ConnectDealItem, GetPlanItem
from accord.features.automation.deals.service import NO_PLAN, NOT_CONNECTED, DealActions
from accord.features.automation.events.model import SAME_AS
from accord.features.automation.faults import sentence
from accord.features.automation.plans import schemas as plans
from accord.features.automation.plans.model import InviteMemberItem, SetCriterionItem, UpdateStepItem
from accord.features.automation.plans.service import NO_MEMBER, NO_STEP, NOT_FULFILLED, PlanActions
from accord.features.automation.schemas import (
    AccordActionResults,
    AccordActivityItem,
    AccordActivityRequest,
    AccordError,
    reader,
)
from accord.features.automation.sync import schemas as sync
from accord.features.automation.sync.model import StatusItem, SyncItem
from accord.features.automation.sync.service import NO_STATUS, SyncActions
from accord.infra.http import access, identity
from accord.infra.json_body import JsonBlueprint


@dataclass(frozen=True, slots=True)
class Door:
    """One action at its address."""

    path: str
    label: str
    text: str
    action: Action
    request: type[Schema]
    results: type[Schema]


def flow_doors(
    log_activities: LogActivities, deal: DealActions, syncs: SyncActions, changing: PlanActions
) -> Sequence[Door]:
    """Every action, under the name of its operation."""
    return (
        Door(
            "/activities",
            "Log Accord Activity",
            "Writes each activity as a Task on its Opportunity. Answers stand in the order of the items.",
            Action("logAccordActivities", reader(AccordActivityItem), ActivityItem, log_activities),
            AccordActivityRequest,
            AccordActionResults,
        ),
        Door(
            "/plans",
            "Get Accord Plan",
            "The plan of each Opportunity. One call for up to 200; for screen flows and asynchronous paths.",
            Action("getAccordPlans", reader(deals.AccordGetPlanItem), GetPlanItem, deal.get_plans, NO_PLAN),
            deals.AccordGetPlanRequest,
            deals.AccordGetPlanResults,
        ),
        Door(
            "/connections",
            "Connect Deal",
            "Gives each Opportunity a plan, unless it has one. For screen flows and asynchronous paths.",
            Action(
                "connectAccordDeals",
                reader(deals.AccordConnectDealItem),
                ConnectDealItem,
                deal.connect_deals,
                NOT_CONNECTED,
            ),
            deals.AccordConnectDealRequest,
            deals.AccordConnectDealResults,
        ),
        Door(
            "/sync-status",
            "Get Sync Status",
            "How each record, or what another action answered a reference for, stands with Salesforce.",
            Action("getAccordSyncStatus", reader(sync.AccordSyncStatusItem), StatusItem, syncs.get_status, NO_STATUS),
            sync.AccordSyncStatusRequest,
            sync.AccordSyncStatusResults,
        ),
        Door(
            "/sync-now",
            "Sync Record Now",
            "Tries at once what waits about each record, and has its plan compared with Salesforce.",
            Action("syncAccordRecordsNow", reader(sync.AccordSyncNowItem), SyncItem, syncs.sync_now),
            sync.AccordSyncNowRequest,
            AccordActionResults,
        ),
        *_plan_doors(changing),
    )


def _plan_doors(changing: PlanActions) -> Sequence[Door]:
    """What a Flow changes of a plan."""
    return (
        Door(
            "/steps",
            "Update Accord Step",
            "Completes, opens, dates or gives away a step of each Opportunity's plan, named by its key.",
            Action(
                "updateAccordSteps", reader(plans.AccordUpdateStepItem), UpdateStepItem, changing.update_steps, NO_STEP
            ),
            plans.AccordUpdateStepRequest,
            plans.AccordUpdateStepResults,
        ),
        Door(
            "/members",
            "Invite Member",
            "Invites a customer or partner to each Opportunity's plan, by Contact or mail address.",
            Action(
                "inviteAccordMembers",
                reader(plans.AccordInviteMemberItem),
                InviteMemberItem,
                changing.invite_members,
                NO_MEMBER,
            ),
            plans.AccordInviteMemberRequest,
            plans.AccordInviteMemberResults,
        ),
        Door(
            "/criteria",
            "Set Execution Criterion",
            "Sets what each Opportunity's plan has for an execution criterion, named by its key.",
            Action(
                "setAccordCriteria",
                reader(plans.AccordSetCriterionItem),
                SetCriterionItem,
                changing.set_criteria,
                NOT_FULFILLED,
            ),
            plans.AccordSetCriterionRequest,
            plans.AccordSetCriterionResults,
        ),
    )


def by_operation(doors: Sequence[Door]) -> Mapping[str, Action]:
    return {door.action.name: door.action for door in doors}


def flow_blueprint(doors: Sequence[Door], runner: Runner) -> JsonBlueprint:
    blueprint = JsonBlueprint("flow", __name__, url_prefix="/flow/v1", description="Actions for Flow Builder")
    for door in doors:
        blueprint.route(door.path, endpoint=door.action.name)(_view(blueprint, door, runner))
    blueprint.after_request(_in_the_form_of_faults)
    return blueprint


def _view(blueprint: JsonBlueprint, door: Door, runner: Runner) -> type[MethodView]:
    class FlowAction(MethodView):
        @blueprint.doc(operationId=door.action.name, summary=door.label, description=door.text)
        @blueprint.arguments(door.request)
        @blueprint.response(200, door.results)
        @blueprint.alt_response(401, schema=AccordError, description="Sign in again.")
        @access(Role.FLOW)
        def post(self, given: dict[str, Any]) -> dict[str, Any]:
            return {"items": runner.answer(door.action, identity(), given["items"])}

    return FlowAction


def _in_the_form_of_faults(response: Response) -> Response:
    """A call that failed as a whole says so in the one form of faults: a Flow shows this message alone."""
    said = response.get_json(silent=True) if response.status_code >= 400 else None
    if isinstance(said, dict) and "message" in said:
        message = sentence(said["code"], said["message"], reference=said["reference"], status=response.status_code)
        response.set_data(current_app.json.dumps({**said, "message": message}))
    return response


def flow_calls_blueprint(calls: FlowCalls, doors: Sequence[Door], runner: Runner) -> JsonBlueprint:
    blueprint = JsonBlueprint(
        "flow_calls", __name__, url_prefix="/api/v1/flow-calls", description="What Flows called and what came of it"
    )
    actions = by_operation(doors)

    @blueprint.route("")
    class FlowCallsView(MethodView):
        @blueprint.doc(operationId="getFlowCalls")
        @blueprint.arguments(WhichCallsSchema, location="query")
        @blueprint.response(200, FlowCallsSchema)
        @access(Role.ADMIN)
        def get(self, given: dict[str, str]) -> dict[str, Any]:
            """The last 500 of this org, the newest first; those of one reference or one record when it is named."""
            found = calls.find(identity(), reference=given.get("reference"), record_id=given.get("record"))
            return {"calls": found}

    @blueprint.route("/<call_id>/dry-run")
    class FlowCallDryRun(MethodView):
        @blueprint.doc(operationId="dryRunFlowCall")
        @blueprint.response(200, DryRunSchema)
        @access(Role.ADMIN)
        def post(self, call_id: str) -> dict[str, Any]:
            """What the same call would do now. Nothing is done."""
            kept = calls.kept_request(identity(), call_id)
            action = actions.get(SAME_AS.get(kept.action, kept.action))
            if action is None:
                raise NotFoundError("call that can be run again")
            return {"answer": runner.dry_run(action, identity(), kept.given)}

    return blueprint
