"""A rep whose calls come by Apex: he has no login of his own with us."""

from collections.abc import Mapping, Sequence

import jwt

from support.product import Product
from support.running_org import NOOR
from support.signed import a_signer, apex_claims


class Lightning:
    """A rep in Lightning: no login here, but tokens that Apex signs with a registered certificate of the org."""

    def __init__(self, product: Product, username: str = NOOR) -> None:
        product.parts.connections.decisions.register_certificate(
            product.connection, a_signer().certificate_pem, key_id="Accord_JWT", by=None
        )
        self.product, self.calls = product, 0
        user = product.org.users.by_username(username)
        assert user is not None
        self.user_id = user.id

    def headers(self, record_id: str | None, fields: Mapping[str, Sequence[str]] | None = None) -> dict[str, str]:
        """`fields`: what Apex says of the record's fields, as `sees` and `edits`."""
        self.calls += 1
        changes = {"iss": self.product.org.id, "sub": self.user_id, "aud": self.product.parts.settings.public_url}
        now = int(self.product.clock().timestamp())
        times = {"iat": now, "exp": now + 120}
        claims = apex_claims(
            {**changes, "jti": f"call {self.calls}", "rid": record_id or ..., **times, **(fields or {})}
        )
        return {"Authorization": f"Bearer {jwt.encode(claims, a_signer().private_pem, algorithm='RS256')}"}
