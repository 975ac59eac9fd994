"""What the media ledger says of itself."""

from __future__ import annotations

from saas.kernel.domain import Area, Domain
from saas.kernel.i18n import lazy_gettext as _l
from saas.media.permissions import KEEP

DOMAIN = Domain(
    name="media",
    permissions=(Area("media", _l("Media"), {KEEP: _l("keep the media ledger")}),),
)
