"""What a check of seals can find, in words."""

from __future__ import annotations

from saas.kernel.i18n import lazy_gettext as _l
from saas.seals import verify

FAULT = {
    verify.CHANGED: _l("Entries were changed"),
    verify.MISSING: _l("Entries are missing"),
    verify.ADDED: _l("Entries were slipped in"),
    verify.SEAL: _l("The seal itself was changed"),
    verify.CHAIN: _l("The seal does not follow from the one before"),
    verify.GONE: _l("The seal is gone"),
    verify.ANCHOR: _l("The seal is not the one whose check code was kept outside"),
}
