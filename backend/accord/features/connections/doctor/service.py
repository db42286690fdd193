"""The doctor: what a connection may and may not do by its present settings, each lack with its fix (D1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from accord.core.clock import Clock
from accord.core.errors import AccordError, AuthorizationLostError
from accord.core.needs import Need
from accord.features.connections import store as connections
from accord.features.connections.certificates import read_certificate
from accord.features.connections.doctor import probe, rules
from accord.features.connections.doctor.model import Finding, Looked
from accord.features.connections.model import Connection, ConnectionStatus
from accord.infra.db import Database
from accord.salesforce.model import Gateway, Login
from accord.salesforce.oauth import fetch_server_time
from accord.salesforce.transport import HttpOptions


@dataclass(frozen=True, slots=True)
class Doctor:
    """`sign_on` makes a fresh login of the integration owner: a kept one would prove nothing."""

    database: Database
    http: HttpOptions
    clock: Clock
    sign_on: Callable[[Connection], Login]
    open_gateway: Callable[[Login], Gateway]

    def visit(self, connection: Connection, needs: Sequence[Need]) -> list[Finding]:
        """Every check with its finding. Seven calls and one for each object of the needs, however large the org is."""
        with self.database.reading(connection.workspace_id) as session:
            certificates = connections.load_certificates(session, connection.id)
        looked = Looked(
            integration_username=connection.integration_username,
            is_sandbox=connection.is_sandbox,
            certificate_ends=tuple(read_certificate(one.pem).not_after for one in certificates if one.active),
            refusal=None,
        )
        wanted = rules.merged(needs)
        return rules.findings(self._look(connection, looked, wanted), wanted, now=self.clock())

    def _look(self, connection: Connection, looked: Looked, needs: Sequence[Need]) -> Looked:
        there = fetch_server_time(connection.instance_url, http=self.http)
        looked = replace(looked, skew=None if there is None else self.clock() - there)
        try:
            login = self._login(connection)
            gateway = self.open_gateway(login)
            owner, people = probe.fetch_owner(gateway)
        except AccordError as refusal:
            return replace(looked, refusal=refusal)
        looked = replace(looked, owner=owner)
        try:
            undescribed = [need for need in needs if not need.is_described]
            looked = replace(looked, others=probe.fetch_others(gateway, undescribed))
            looked = replace(looked, describes=probe.fetch_describes(gateway, needs))
            return replace(looked, access=probe.fetch_access(gateway, people) if people else None)
        except AccordError:
            return looked  # what was not read is unknown

    def _login(self, connection: Connection) -> Login:
        if connection.status is not ConnectionStatus.LIVE:
            message = "The connection is on hold. An administrator of the org decides about it with a connect link."
            raise AuthorizationLostError(message, code="CONNECTION_FROZEN")
        return self.sign_on(connection)
