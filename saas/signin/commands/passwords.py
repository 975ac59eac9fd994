"""What is stored of a password that somebody chose."""

from __future__ import annotations

from collections.abc import Sequence

from saas.kernel.crypto import hash_password
from saas.kernel.errors import Invalid
from saas.kernel.i18n import lazy_gettext as _l
from saas.signin import rules


def new_hash(password: str, own: Sequence[str] = ()) -> str:
    """The hash of a new password. Raises `Invalid` for one that is too short, too long, or among
    the first that somebody would try, words of its owner (``own``) included.
    """
    if len(password) < rules.PASSWORD_MIN:
        raise Invalid({"password": [_l("A password needs 10 characters or more.")]})
    if len(password) > rules.PASSWORD_MAX:
        raise Invalid({"password": [_l("Longer than 200 characters.")]})
    if rules.is_easy(password, own):
        raise Invalid({"password": [_EASY]})
    return hash_password(password)


_EASY = _l(
    "This password is easy to guess. Take a few words that belong together for you alone, and no"
    " name, birthday or telephone number."
)
