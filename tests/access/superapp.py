"""A fake super-app: its key, the tickets that it signs, and a page that frames what it opens."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

_NUMBERS = count(1)
ORIGIN = "https://app.example.cn"


@dataclass
class SuperApp:
    """One that signs with a key of its own."""

    issuer: str = "https://id.example.cn"
    algorithm: str = "ES256"
    key: Any = field(default_factory=lambda: ECKey.generate_key("P-256"))

    @property
    def public(self) -> str:
        """What it gives to the district's administrator."""
        if isinstance(self.key, OctKey):
            return self.key.raw_value.decode()
        return self.key.as_pem(private=False).decode()

    def form(self, **other: str) -> dict[str, str]:
        """What the administrator types."""
        typed = {"name": "市民通", "issuer": self.issuer, "algorithm": self.algorithm,
                 "key": self.public, "ancestors": ORIGIN}  # fmt: skip
        return typed | other

    def ticket(self, district: str, subject: str = "citizen-7", **other: Any) -> str:
        """A ticket of now for one person; ``other`` are claims to be wrong about, None leaves one
        away.
        """
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": subject, "aud": district, "iat": now,
                  "exp": now + 120, "jti": f"ticket-{next(_NUMBERS)}"} | other  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": self.algorithm}, said, self.key, algorithms=[self.algorithm])


def with_secret() -> SuperApp:
    """One that shares a secret with the district."""
    return SuperApp(
        algorithm="HS256", key=OctKey.import_key("a-secret-of-thirty-two-signs-or-more")
    )


def with_rsa(bits: int = 2048) -> SuperApp:
    """One with a pair of RSA keys."""
    return SuperApp(algorithm="RS256", key=RSAKey.generate_key(bits))
