"""A member's login at a running org, and programs that renew it over real sockets.

Run as a program it renews: `renewing.py FACTS ROUNDS FAILPOINT`, where FACTS is JSON of `Facts`. At the failpoint it
kills itself; without one it says how often it was given a login.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from accord.core.clock import Clock, system_clock
from accord.core.identity import Role
from accord.core.ids import ConnectionId, MemberId, OrgId, UserId, WorkspaceId
from accord.features.connections.model import Connection, NewConnection, PersonalLogin
from accord.features.connections.personal.model import RenewalPoint
from accord.features.connections.service import Connections
from accord.infra.db import Database
from accord.salesforce.describe import DescribeCache
from accord.salesforce.model import AccessToken
from accord.salesforce.transport import http_options
from accord.workspace.members.model import NewMember, Person
from accord.workspace.members.store import add_member
from localorg.grants import Approval
from localorg.server import RunningOrg
from support.builders import some_settings
from support.database import open_database
from support.running_org import RILEY, ROOT, an_app

SECRET = "a consumer secret of the tests"
LONGEST = 240  # seconds


@dataclass(frozen=True, slots=True)
class Facts:
    """What another process needs to work on the same login."""

    database_url: str
    https_base: str
    ca_file: str
    workspace_id: str
    connection_id: str
    member_id: str

    def connections(self, database: Database, *, clock: Clock = system_clock) -> Connections:
        environ = {
            "ACCORD_ALLOWED_LOOPBACK": self.https_base.removeprefix("https://"),
            "ACCORD_CA_FILE": self.ca_file,
            "ACCORD_SALESFORCE_TIMEOUT": "20",
        }
        settings = some_settings(environ)
        return Connections(
            settings=settings,
            database=database,
            clock=clock,
            http=http_options(settings),
            describes=DescribeCache(),
        )

    def connection(self, connections: Connections) -> Connection:
        return connections.get_connection(WorkspaceId(self.workspace_id), ConnectionId(self.connection_id))


def a_login(running: RunningOrg, database: Database, url: str, *, rotate: bool = True) -> Facts:
    """Riley's own login at the org, stored with us."""
    app = an_app(consumer_secret=SECRET, rotate_refresh_tokens=rotate)
    running.setup.register(app)
    facts = Facts(url, running.https_base, str(running.ca_file), "", "", "")
    connections = facts.connections(database)
    workspace_id = connections.create_workspace("Halden")
    new = NewConnection(
        org_id=OrgId(running.org.id),
        label="Halden",
        instance_url=running.https_base,
        is_sandbox=True,
        integration_username="integration@halden.example",
        consumer_key=app.consumer_key,
        login_url=running.https_base,
    )
    connection = connections.create_connection(workspace_id, new)
    connections.set_canvas_secret(connection, SECRET)
    user = running.org.users.by_username(RILEY)
    assert user is not None
    with database.workspace(workspace_id) as session:
        person = Person(user.name, user.email, "UTC")
        member = add_member(session, NewMember(connection.id, UserId(user.id), Role.USER, person), now=system_clock())
    made = running.org.grants.open_grant(Approval(user.id, app.consumer_key, app.name, "api refresh_token"))
    assert made.refresh_token is not None
    login = PersonalLogin(
        UserId(user.id), running.https_base, AccessToken(made.access_token), AccessToken(made.refresh_token)
    )
    connections.store_personal_login(connection, member.id, login)
    return Facts(url, running.https_base, str(running.ca_file), workspace_id, connection.id, member.id)


def renew_in_processes(
    facts: Facts, *, processes: int, rounds: int, failpoint: str = ""
) -> list[subprocess.Popen[str]]:
    command = [sys.executable, __file__, json.dumps(asdict(facts)), str(rounds), failpoint]
    path = os.pathsep.join([str(ROOT / "backend"), str(ROOT / "tests")])
    environment = {**os.environ, "PYTHONPATH": path}
    return [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(processes)]


def said_by(crowd: Sequence[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """Exit code and last words of each."""
    ended = []
    for process in crowd:
        words, _ = process.communicate(timeout=LONGEST)
        ended.append((process.returncode, words.strip()))
    return ended


def main(facts_text: str, rounds: str, failpoint: str) -> None:
    facts = Facts(**json.loads(facts_text))
    database = open_database(facts.database_url, pool_size=4)
    connections = facts.connections(database)
    connection, member_id = facts.connection(connections), MemberId(facts.member_id)

    def die(place: RenewalPoint) -> None:
        if place == failpoint:
            os.kill(os.getpid(), signal.SIGKILL)

    connections.renewal.at = die
    login = connections._safe.find_personal_login(connection, member_id)
    assert login is not None
    for _ in range(int(rounds)):
        login = connections.renewal.renew(connection, member_id, instead_of=login.access_token)
    database.close()
    sys.stdout.write(f"renewed {rounds}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
