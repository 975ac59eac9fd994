"""Every change of the model of a district: installing, upgrading, exchanging, taking back."""

from saas.packages.commands.exporting import as_zip, export
from saas.packages.commands.installing import install
from saas.packages.commands.upgrading import (
    Meanwhile,
    decide,
    exchange,
    undo,
    upgrade,
)
from saas.packages.rules.merge import SIDES
