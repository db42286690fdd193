"""A round over the orgs goes to each of them, whatever becomes of the others."""

from structlog.testing import capture_logs

from accord.core.errors import TransientError
from accord.core.ids import ConnectionId, WorkspaceId
from accord.infra.processes.rounds import go_round

ORGS = [(WorkspaceId("w"), ConnectionId(name)) for name in ("away", "at fault", "well", "well too")]


def test_neither_an_org_that_is_away_nor_a_fault_of_ours_ends_the_round():
    def visit(_workspace_id: WorkspaceId, connection_id: ConnectionId) -> int:
        if connection_id == "away":
            raise TransientError("Salesforce is away.", code="AWAY")
        return {"at fault": {}, "well": {"rows": 2}, "well too": {"rows": 3}}[connection_id]["rows"]

    with capture_logs() as lines:
        count = go_round(ORGS, visit, failed="not_looked_at")

    assert count == 5
    assert [(one["event"], one["log_level"], one["connection_id"]) for one in lines] == [
        ("not_looked_at", "warning", "away"),
        ("not_looked_at", "error", "at fault"),
    ]
    assert (lines[0]["code"], lines[1]["exc_info"]) == ("AWAY", True)
