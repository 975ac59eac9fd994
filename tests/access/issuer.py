"""One who vouches, in the test's own process: honest, or with one lie at a time."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

ISSUER = "https://id.example.cn"


@dataclass
class Issuer:
    """``lies`` are laid over the claims of tokens, ``about`` over what it says of itself."""

    name: str = ISSUER
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    lies: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    signed_with: Any = None
    token: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)

    def browse(self, where: str) -> str:
        """The browser is here and says yes; the code that it takes back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
        return "a-code"

    def answer(
        self, method: str, url: SplitResult, body: bytes | None, headers: Any, **_: Any
    ) -> tuple[int, bytes]:
        """In place of the network."""
        assert f"{url.scheme}://{url.netloc}" == self.name, "nobody else is asked"
        if url.path.endswith("/openid-configuration"):
            said = {
                "issuer": self.name,
                "authorization_endpoint": f"{self.name}/authorize",
                "token_endpoint": f"{self.name}/token",
                "jwks_uri": f"{self.name}/keys",
            }
            return 200, json.dumps(said | self.about).encode()
        if url.path == "/keys":
            return 200, json.dumps({"keys": [self.key.as_dict(private=False)]}).encode()
        self.sent = {name: one[0] for name, one in parse_qs((body or b"").decode()).items()}
        return 200, json.dumps({"id_token": self.token or self.signed()}).encode()

    def signed(self) -> str:
        """An id token for what was asked last."""
        now = int(time.time())
        said = {
            "iss": self.name,
            "aud": self.asked["client_id"],
            "sub": "worker-17",
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 300,
        } | self.lies
        header = {"alg": "ES256", "kid": "one"} | self.header
        if header["alg"] == "none":
            return unsigned(header, said)
        if header["alg"] == "HS256":
            secret = OctKey.import_key("the secret of the client, long enough to sign with")
            return jwt.encode(header, said, secret, algorithms=["HS256"])
        return jwt.encode(header, said, self.signed_with or self.key, algorithms=["ES256"])


def unsigned(header: dict[str, Any], said: dict[str, Any]) -> str:
    """A token that nobody signed."""
    parts = (
        urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in (header, said)
    )
    return ".".join([*parts, ""])
