"""What the running app was wired with: its settings, and what higher floors registered."""

from __future__ import annotations

from typing import Any

from flask import current_app

from saas.settings import Settings


def settings() -> Settings:
    """The running app's settings."""
    return current_app.config["SAAS"]  # type: ignore[no-any-return]


def wired(name: str) -> Any:
    """What `saas.app` put under ``name``; a missing one is a mistake in the wiring."""
    return current_app.extensions[f"saas_{name}"]
