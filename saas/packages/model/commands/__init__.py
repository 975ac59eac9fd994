"""Every change of the model of a district: installing, upgrading, exchanging, taking back."""

from saas.packages.model.commands.exporting import as_zip, export
from saas.packages.model.commands.installing import install
from saas.packages.model.commands.upgrading import (
    Meanwhile,
    decide,
    exchange,
    undo,
    upgrade,
)
from saas.packages.model.rules.merge import SIDES
