"""What the running app was wired with: its settings, and what higher floors gave to lower ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, current_app, has_app_context

from saas.kernel.context import Actor, Hub, Scope, Tenant
from saas.kernel.domain import Domains
from saas.settings import Settings


class Look(Protocol):
    """What a page wears, as the layouts need it; the mark changes whenever the look does."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def mark(self) -> str: ...


class Registry(Protocol):
    """Who knows the districts of this server."""

    def by_schema(self, schema: str) -> Scope | None:
        """The district, or the hub, that has this schema; None when there is none."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the shells and lower floors ask of higher ones; `saas.app` sets it, once."""

    domains: Domains
    hub: Hub
    registry: Registry
    actor: Callable[[], Actor | None]
    look: Callable[[Tenant | None], Look]
    bell: Callable[[Tenant | None, Actor], object]
    help: Callable[[Actor], object]
    role_links: Callable[[Tenant | None, Actor], list[tuple[str, str, bool]]]
    demo_clock: Callable[[Tenant | None], object]
    word: Callable[..., str]
    plain_word: Callable[..., str]
    ancestors: Callable[[str], tuple[str, ...]]
    standing_still: Callable[[Actor], str | None]
    admit: Callable[[int, int], bool]
    vouching: Callable[[], list[tuple[str, str]]]
    support_view: Callable[[Actor], object]

    def into(self, app: Flask) -> None:
        """Give it to the app."""
        app.extensions["saas"] = self


def settings() -> Settings:
    """The running app's settings."""
    return current_app.config["SAAS"]  # type: ignore[no-any-return]


def known_settings() -> Settings | None:
    """The same; None outside an app, and in one that has none because it only reads files."""
    found: Settings | None = current_app.config.get("SAAS") if has_app_context() else None
    return found


def wired(app: Flask | None = None) -> Wiring:
    """What the running app, or ``app``, was wired with."""
    return (app or current_app).extensions["saas"]  # type: ignore[no-any-return]
