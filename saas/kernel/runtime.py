"""What the running app was wired with: its settings, and what higher floors registered."""

from __future__ import annotations

from typing import Any

from flask import current_app, has_app_context

from saas.settings import Settings


def settings() -> Settings:
    """The running app's settings."""
    return current_app.config["SAAS"]  # type: ignore[no-any-return]


def known_settings() -> Settings | None:
    """The same; None outside an app, and in one that has none because it only reads files."""
    found: Settings | None = current_app.config.get("SAAS") if has_app_context() else None
    return found


def wired(name: str) -> Any:
    """What `saas.app` put under ``name``; a missing one is a mistake in the wiring."""
    return current_app.extensions[f"saas_{name}"]
