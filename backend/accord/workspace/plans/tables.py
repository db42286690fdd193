"""The tables of plans. Words of people are sealed; what is counted or looked for lies open."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)

from accord.infra.db import DecimalText, UtcDateTime, tenant_table
from accord.infra.db.tables import belongs_to_connection
from accord.workspace.settings.store import settings_table

FLAG = Boolean(create_constraint=False)


def _belongs_to_plan() -> tuple[Any, ...]:
    return (
        Column("plan_id", String(36), nullable=False),
        ForeignKeyConstraint(["workspace_id", "plan_id"], ["plan.workspace_id", "plan.id"]),
    )


plan = tenant_table(
    "plan",
    *belongs_to_connection(),
    Column("opportunity_id", String(18)),
    Column("texts", LargeBinary, nullable=False),  # sealed: the title
    Column("created_by", String(36)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("creation_key", String(64)),
    Column("point_person", String(36)),
    Column("published_at", UtcDateTime),
    Column("archived_at", UtcDateTime),
    Column("end_date", Date),
    Column("end_date_changed_at", UtcDateTime),
    Column("value_amount", DecimalText),
    Column("value_currency", String(3)),
    Column("value_changed_at", UtcDateTime),
    Column("deal_stage", Integer),  # percent
    Column("deal_stage_name", String(255)),  # a value of the org's picklist
    Column("weights_version", Integer),
    Column("told_status", String(20), nullable=False),
    Column("customer_active_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),  # of the event that was told last
    UniqueConstraint("workspace_id", "connection_id", "opportunity_id"),
)

plan_stage = tenant_table(
    "plan_stage",
    *_belongs_to_plan(),
    Column("position", Integer, nullable=False),
    Column("texts", LargeBinary, nullable=False),  # sealed: the title
    Column("is_internal", FLAG, nullable=False),
    Column("completed_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_plan_stage_plan", "workspace_id", "plan_id"),
)

plan_step = tenant_table(
    "plan_step",
    *_belongs_to_plan(),
    Column("stage_id", String(36), nullable=False),
    Column("position", Integer, nullable=False),
    Column("key", String(40)),
    Column("texts", LargeBinary, nullable=False),  # sealed: title and description
    Column("owner", String(36)),
    Column("due_date", Date),
    Column("completed_at", UtcDateTime),
    Column("completed_on", Date),
    Column("completed_by", String(36)),
    Column("is_internal", FLAG, nullable=False),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(["workspace_id", "stage_id"], ["plan_stage.workspace_id", "plan_stage.id"]),
    UniqueConstraint("workspace_id", "plan_id", "key"),
    Index("ix_plan_step_plan", "workspace_id", "plan_id"),
)

plan_member = tenant_table(
    "plan_member",
    *_belongs_to_plan(),
    Column("role", String(20), nullable=False),
    Column("person", LargeBinary, nullable=False),  # sealed: name and mail address
    Column("member_id", String(36)),
    Column("contact_id", String(18)),
    Column("invited_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Index("ix_plan_member_plan", "workspace_id", "plan_id"),
)

plan_stakeholder = tenant_table(
    "plan_stakeholder",
    *_belongs_to_plan(),
    Column("texts", LargeBinary, nullable=False),  # sealed: name, position and mail address
    Column("added_at", UtcDateTime, nullable=False),
    Index("ix_plan_stakeholder_plan", "workspace_id", "plan_id"),
)

plan_resource = tenant_table(
    "plan_resource",
    *_belongs_to_plan(),
    Column("texts", LargeBinary, nullable=False),  # sealed: title and link
    Column("is_internal", FLAG, nullable=False),
    Column("added_by", String(36)),
    Column("added_by_customer", FLAG, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Index("ix_plan_resource_plan", "workspace_id", "plan_id"),
)

plan_comment = tenant_table(
    "plan_comment",
    *_belongs_to_plan(),
    Column("step_id", String(36), nullable=False),
    Column("texts", LargeBinary, nullable=False),  # sealed: the words
    Column("is_internal", FLAG, nullable=False),
    Column("author", String(36)),
    Column("author_is_customer", FLAG, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Index("ix_plan_comment_step", "workspace_id", "plan_id", "step_id"),
)

# which of our own people are told of what becomes of a plan
plan_follower = tenant_table(
    "plan_follower",
    *belongs_to_connection(),
    *_belongs_to_plan(),
    Column("member_id", String(36), nullable=False),
    UniqueConstraint("workspace_id", "plan_id", "member_id"),
)

# the version of the list of an org's criteria
criteria_settings = settings_table("criteria_settings")

# the execution criteria of an org; every plan has a value for each, or none yet
criterion = tenant_table(
    "criterion",
    *belongs_to_connection(),
    Column("key", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("texts", LargeBinary, nullable=False),  # sealed: the title, its stages, and the key that it had
    Column("position", Integer, nullable=False),
    Column("deleted_at", UtcDateTime),
    UniqueConstraint("workspace_id", "connection_id", "key"),
)

plan_criterion = tenant_table(
    "plan_criterion",
    *_belongs_to_plan(),
    Column("criterion_id", String(36), nullable=False),
    Column("step_id", String(36)),
    Column("texts", LargeBinary),  # sealed: the person, the link or the text, or whom or what it is about
    Column("is_checked", FLAG, nullable=False),
    ForeignKeyConstraint(["workspace_id", "criterion_id"], ["criterion.workspace_id", "criterion.id"]),
    UniqueConstraint("workspace_id", "plan_id", "criterion_id"),
)

# every version that was ever published; an archived plan keeps the one of its time
score_weights = tenant_table(
    "score_weights",
    *belongs_to_connection(),
    Column("version", Integer, nullable=False),
    Column("criteria", Integer, nullable=False),
    Column("progress", Integer, nullable=False),
    Column("customers_invited", Integer, nullable=False),
    Column("customers_accepted", Integer, nullable=False),
    Column("deal_stage", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", String(36)),
    UniqueConstraint("workspace_id", "connection_id", "version"),
)

# what was made with which idempotency key
plan_request = tenant_table(
    "plan_request",
    *belongs_to_connection(),
    Column("key_digest", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("made_id", String(36), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("workspace_id", "connection_id", "key_digest"),
    system_columns=frozenset({"made_at"}),
    system_deletes=True,
)
