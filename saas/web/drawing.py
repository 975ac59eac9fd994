"""Marks that a page has dozens of: each is drawn once a process, and not by a macro every time."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from saas.web.built import asset_url

_ICON = Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>')
_SHAPE = Markup('<svg {}viewBox="0 0 16 16" aria-hidden="true"><use href="{}#status-{}"/></svg>')
_CLASS = Markup('class="{}" ')


@lru_cache(maxsize=1024)
def icon(name: str) -> Markup:
    """A drawing of the sprite, which says nothing that does not stand beside it."""
    return _ICON.format(asset_url("icons.svg"), name)


@lru_cache(maxsize=256)
def shape(kind: str, look: str = "") -> Markup:
    """The mark of a status, told by its shape and not by its colour alone; ``look``: its class."""
    return _SHAPE.format(_CLASS.format(look) if look else "", asset_url("icons.svg"), kind)


def init_app(app: Flask) -> None:
    """For templates, which have them from ``macros/base.html``."""
    app.jinja_env.globals.update(draw_icon=icon, draw_shape=shape)
