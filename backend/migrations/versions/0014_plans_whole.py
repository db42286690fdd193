"""Plans with their stages, steps, people, resources, comments and criteria.

What was only counted becomes a stage and its steps, of which so many are completed; nothing that was shown changes.
There is no way back: the copy that lies beside an embedded database is from before this step.
"""

import json
import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

from accord.infra.db import SealContext

revision = "0014"
down_revision = "0013"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tables()
    # SQLite makes the table anew, which nothing may point to while that happens: what points to plans comes last
    plans = _plans()
    with op.batch_alter_table("plan") as table:
        table.alter_column("opportunity_id", existing_type=sa.String(18), nullable=True)
        table.drop_column("steps_total")
        table.drop_column("steps_done")
        for name, kind in (
            ("point_person", sa.String(36)),
            ("published_at", MOMENT),
            ("archived_at", MOMENT),
            ("end_date", sa.Date()),
            ("end_date_changed_at", MOMENT),
            ("value_amount", sa.String(40)),
            ("value_currency", sa.String(3)),
            ("value_changed_at", MOMENT),
            ("deal_stage", sa.Integer()),
            ("weights_version", sa.Integer()),
            ("told_status", sa.String(20)),
            ("customer_active_at", MOMENT),
            ("version", sa.Integer()),
            ("sequence", sa.Integer()),
        ):
            table.add_column(sa.Column(name, kind, nullable=True))
    plan = _table("plan")
    for one in plans:
        _publish(plan, one)
    with op.batch_alter_table("plan") as table:
        for name, kind in (("told_status", sa.String(20)), ("version", sa.Integer()), ("sequence", sa.Integer())):
            table.alter_column(name, existing_type=kind, nullable=False)
    stage, step = _table("plan_stage"), _table("plan_step")
    for one in plans:
        _add_steps(stage, step, one)


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _plans() -> list[dict[str, Any]]:
    """What there is, with its texts opened."""
    plan = _table("plan")
    rows = [dict(row) for row in op.get_bind().execute(sa.select(plan)).mappings()]
    for row in rows:
        sealed = _vault().open(row["workspace_id"], row["texts"], _texts_of("plan", row["id"]))
        row["opened"] = json.loads(sealed)
    return rows


def _publish(plan: sa.Table, one: dict[str, Any]) -> None:
    """It is published, as it was shown."""
    values = {
        "texts": _sealed_texts(one, "plan", one["id"], {"title": one["opened"]["title"]}),
        "point_person": one["created_by"],
        "published_at": one["created_at"],
        "told_status": "On Track" if one["steps_done"] else "Not Started",
        "version": 1,
        "sequence": 1,  # being connected was the one event that was told
    }
    where = (plan.c.workspace_id == one["workspace_id"], plan.c.id == one["id"])
    op.get_bind().execute(sa.update(plan).where(*where).values(values))


def _add_steps(stages: sa.Table, steps_table: sa.Table, one: dict[str, Any]) -> None:
    """Its one stage, with the steps that were counted. Those that are done were given so when it was made."""
    total, done, made = one["steps_total"], one["steps_done"], one["created_at"]
    common = {"workspace_id": one["workspace_id"], "plan_id": one["id"], "is_internal": False, "version": 1}
    stage_id = str(uuid.uuid4())
    stage = {
        **common,
        "id": stage_id,
        "position": 0,
        "texts": _sealed_texts(one, "plan_stage", stage_id, {"title": one["opened"]["stage_title"]}),
        "completed_at": made if total and done == total else None,
    }
    op.get_bind().execute(sa.insert(stages).values(stage))
    steps = []
    for number in range(total):
        step_id, is_done = str(uuid.uuid4()), number < done
        texts = {"title": f"Step {number + 1}", "description": ""}
        step = {
            **common,
            "id": step_id,
            "stage_id": stage_id,
            "position": number,
            "texts": _sealed_texts(one, "plan_step", step_id, texts),
            "completed_at": made if is_done else None,
            "completed_on": made.date() if is_done else None,
        }
        steps.append(step)
    if steps:
        op.get_bind().execute(sa.insert(steps_table), steps)


def _vault() -> Any:
    return op.get_context().config.attributes["vault"]


def _sealed_texts(one: dict[str, Any], table: str, row: str, texts: dict[str, str]) -> bytes:
    return bytes(_vault().seal(one["workspace_id"], json.dumps(texts), _texts_of(table, row)))


def _texts_of(table: str, row: str) -> SealContext:
    return SealContext(table=table, connection_id="", user_id="", purpose=f"texts of {row}")


def _create(name: str, *items: Any, parents: tuple[tuple[str, str], ...]) -> None:
    """A table of a workspace; `parents` are the columns that name rows of other tables, with those tables."""
    op.create_table(
        name,
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        *items,
        *(
            sa.ForeignKeyConstraint(
                ["workspace_id", column],
                [f"{table}.workspace_id", f"{table}.id"],
                name=op.f(f"fk_{name}_workspace_id_{column}_{table}"),
            )
            for column, table in parents
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f(f"fk_{name}_workspace_id_workspace")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f(f"pk_{name}")),
    )


def _text(name: str, length: int, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=not needed)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=not needed)


def _sealed(name: str = "texts", *, needed: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=not needed)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("workspace_id", *columns, name=op.f(f"uq_{table}_workspace_id_{'_'.join(columns)}"))


def _tables() -> None:
    of_plan, of_connection = ("plan_id", "plan"), ("connection_id", "connection")
    _create(
        "plan_stage",
        _text("plan_id", 36, needed=True),
        _number("position"),
        _sealed(),
        _flag("is_internal"),
        _moment("completed_at"),
        _number("version"),
        parents=(of_plan,),
    )
    _create(
        "plan_step",
        _text("plan_id", 36, needed=True),
        _text("stage_id", 36, needed=True),
        _number("position"),
        _text("key", 40),
        _sealed(),
        _text("owner", 36),
        sa.Column("due_date", sa.Date(), nullable=True),
        _moment("completed_at"),
        sa.Column("completed_on", sa.Date(), nullable=True),
        _text("completed_by", 36),
        _flag("is_internal"),
        _number("version"),
        _unique("plan_step", "plan_id", "key"),
        parents=(of_plan, ("stage_id", "plan_stage")),
    )
    _create(
        "plan_member",
        _text("plan_id", 36, needed=True),
        _text("role", 20, needed=True),
        _sealed("person"),
        _text("member_id", 36),
        _text("contact_id", 18),
        _moment("invited_at"),
        _moment("accepted_at"),
        parents=(of_plan,),
    )
    _create(
        "plan_stakeholder",
        _text("plan_id", 36, needed=True),
        _sealed(),
        _moment("added_at", needed=True),
        parents=(of_plan,),
    )
    _create(
        "plan_resource",
        _text("plan_id", 36, needed=True),
        _sealed(),
        _flag("is_internal"),
        _text("added_by", 36),
        _flag("added_by_customer"),
        _moment("added_at", needed=True),
        parents=(of_plan,),
    )
    _create(
        "plan_comment",
        _text("plan_id", 36, needed=True),
        _text("step_id", 36, needed=True),
        _sealed(),
        _flag("is_internal"),
        _text("author", 36),
        _flag("author_is_customer"),
        _moment("written_at", needed=True),
        parents=(of_plan,),
    )
    _create(
        "criterion",
        _text("connection_id", 36, needed=True),
        _text("key", 40, needed=True),
        _text("kind", 20, needed=True),
        _sealed(),
        _number("position"),
        _moment("deleted_at"),
        _unique("criterion", "connection_id", "key"),
        parents=(of_connection,),
    )
    _create(
        "plan_criterion",
        _text("plan_id", 36, needed=True),
        _text("criterion_id", 36, needed=True),
        _text("step_id", 36),
        _sealed(needed=False),
        _flag("is_checked"),
        _unique("plan_criterion", "plan_id", "criterion_id"),
        parents=(of_plan, ("criterion_id", "criterion")),
    )
    _create(
        "score_weights",
        _text("connection_id", 36, needed=True),
        *(_number(name) for name in ("version", "criteria", "progress", "customers_invited", "customers_accepted")),
        _number("deal_stage"),
        _moment("changed_at", needed=True),
        _text("changed_by", 36),
        _unique("score_weights", "connection_id", "version"),
        parents=(of_connection,),
    )
    _create(
        "plan_request",
        _text("connection_id", 36, needed=True),
        _text("key_digest", 64, needed=True),
        _text("content_hash", 64, needed=True),
        _text("made_id", 36, needed=True),
        _moment("made_at", needed=True),
        _unique("plan_request", "connection_id", "key_digest"),
        parents=(of_connection,),
    )
    for name in ("plan_stage", "plan_step", "plan_member", "plan_stakeholder", "plan_resource"):
        op.create_index(f"ix_{name}_plan", name, ["workspace_id", "plan_id"])
    op.create_index("ix_plan_comment_step", "plan_comment", ["workspace_id", "plan_id", "step_id"])
