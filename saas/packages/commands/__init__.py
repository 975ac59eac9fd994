"""Every change of the model of a district: installing, upgrading, exchanging, taking back."""

from saas.packages.commands.exporting import as_zip, export
from saas.packages.commands.installing import install
from saas.packages.commands.upgrading import (
    SIDES,
    Meanwhile,
    decide,
    exchange,
    undo,
    upgrade,
)

__all__ = [
    "SIDES",
    "Meanwhile",
    "as_zip",
    "decide",
    "exchange",
    "export",
    "install",
    "undo",
    "upgrade",
]
