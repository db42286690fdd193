"""Texts of people are sealed: titles of plans, names of members, labels of the panel, words of activity.

There is no way back: the copy that lies beside an embedded database is from before this step.
"""

import json

import sqlalchemy as sa
from alembic import op

from accord.infra.db import SealContext

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _seal("plan", ("title", "stage_title"), "texts", key="id")
    _seal("member", ("name", "email"), "person", key="id")
    _seal("panel_setup", ("tabs",), "sealed_tabs", key="connection_id")
    _seal("panel_check", ("rows",), "sealed_rows", key="connection_id")
    _seal("activity_settings", ("kinds",), "sealed_kinds", key="connection_id")


def _seal(name: str, open_columns: tuple[str, ...], sealed_column: str, *, key: str) -> None:
    """What lay in `open_columns` lies sealed in `sealed_column`: one JSON column as it is, texts by their names."""
    connection = op.get_bind()
    op.add_column(name, sa.Column(sealed_column, sa.LargeBinary()))
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    vault = op.get_context().config.attributes["vault"]
    for row in connection.execute(sa.select(table)).mappings().all():
        texts = {column: row[column] for column in open_columns}
        plain = texts[open_columns[0]] if len(open_columns) == 1 else texts
        context = SealContext(table=name, connection_id="", user_id="", purpose=f"texts of {row[key]}")
        sealed = vault.seal(row["workspace_id"], json.dumps(plain), context)
        where = (table.c.workspace_id == row["workspace_id"], table.c.id == row["id"])
        connection.execute(sa.update(table).where(*where).values({sealed_column: sealed}))
    with op.batch_alter_table(name) as batch:
        batch.alter_column(sealed_column, existing_type=sa.LargeBinary(), nullable=False)
        for column in open_columns:
            batch.drop_column(column)
