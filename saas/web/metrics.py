"""What the monitor of an installation may count: requests by route, method and class of answer.

Never by district: who is how busy is nobody's business but their own.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

#: Of this process. Where several answer at one address each is asked alone.
REGISTRY = CollectorRegistry(auto_describe=True)
_LABELS = ("route", "method", "class")
_REQUESTS = Counter("saas_requests", "Requests that were answered.", _LABELS, registry=REGISTRY)
_SECONDS = Histogram(
    "saas_request_seconds",
    "How long answers took, in seconds.",
    ("route", "method"),
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
#: What else a request could call itself is one label, or a stranger could fill the memory.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count(route: str | None, method: str, status: int, seconds: float) -> None:
    """Count an answer; ``route`` is an endpoint, None for an address that leads nowhere."""
    method = method if method in _METHODS else "other"
    _REQUESTS.labels(route or "none", method, f"{status // 100}xx").inc()
    _SECONDS.labels(route or "none", method).observe(seconds)
