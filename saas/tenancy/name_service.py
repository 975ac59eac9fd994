"""What the world's servers of names say: asked only when an operator presses for it."""

from __future__ import annotations

from typing import Final

import dns.exception
import dns.resolver

#: Seconds for one question, with all its tries.
_PATIENCE: Final = 5.0


class NoAnswer(RuntimeError):
    """No server of names could be asked."""


def texts_at(name: str) -> list[str]:
    """The TXT records of a name, none where it is unknown. Raises `NoAnswer`."""
    try:
        found = dns.resolver.resolve(f"{name}.", "TXT", lifetime=_PATIENCE, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise NoAnswer from error
    return [b"".join(row.strings).decode("ascii", "replace") for row in found]
