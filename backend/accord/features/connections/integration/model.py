"""How the integration owner signs in, and which ends of logins an admin has declared."""

from dataclasses import dataclass
from datetime import date

from accord.features.connections.model import IntegrationFlow


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """The three ends are what only an admin can know, Salesforce tells no client of them: of the app's secret, of the
    certificate that the app has for our key, and of this way of signing in where Salesforce has announced it.
    """

    flow: IntegrationFlow = IntegrationFlow.JWT_BEARER
    secret_ends_on: date | None = None
    key_ends_on: date | None = None
    method_ends_on: date | None = None
    version: int = 0

    def values(self) -> dict[str, str | None]:
        """The settings as a JSON value with which they can be set again."""

        def shown(day: date | None) -> str | None:
            return None if day is None else day.isoformat()

        return {
            "integration_login": self.flow.value,
            "secret_ends_on": shown(self.secret_ends_on),
            "key_ends_on": shown(self.key_ends_on),
            "method_ends_on": shown(self.method_ends_on),
        }
