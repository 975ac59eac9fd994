"""Pure decisions about sign-in, phone and identity numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from saas.kernel.context import Label
from saas.kernel.unseen import unspaced

#: Wrong present passwords of one person who is signed in.
TRY_LIMIT = 8
#: Tries with short codes of nobody, from one address and in the whole district.
CODE_TRIES_PER_ADDRESS = 10
CODE_TRIES = 100
TRY_WINDOW = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)
#: What every token begins with, so that people and scanners know one where they see it.
KEY_MARK = "saas_"
#: So many first characters of a token are kept to tell it from others: prefix and four.
TOKEN_HINT = len(KEY_MARK) + 4
#: Days after which a token ends, to choose from; the last is what is proposed.
TOKEN_DAYS = (30, 90, 365)
#: The last use is written down this often at most: reading must not cost a write each time.
TOKEN_USE_NOTED = timedelta(hours=1)

_MOBILE = re.compile(r"1[3-9]\d{9}")
#: What stands between the digits of a number; dashes of every length, for `unspaced` leaves them.
_PAUSES = re.compile(r"[-\u2010-\u2015\u2212().\u00b7]")
_SAMPLE = re.compile(r"1000000[0-9]{4}")
#: What stands before an extension where people write one.
_EXTENSION = re.compile(r"(.+?)(?:转|分机|ext\.?|x|#)([0-9]{1,6})", re.IGNORECASE)
_LANDLINE = re.compile(r"0\d{2,3}\d{7,8}")
#: Eighteen places: a division (its first two digits are the province), a birthday, an order, and
#: the check digit. 81, 82 and 83 are residence permits for Hong Kong, Macao and Taiwan residents; a
#: leading 9 is a permanent residence card of foreigners: then province and nationality (GA 2102).
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)"
_IDENTITY = re.compile(
    rf"(?:(?:{_PROVINCE}|8[1-3])\d{{4}}|9{_PROVINCE}\d{{3}})(?:18|19|20)\d{{9}}[\dX]"
)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def _digits(text: str) -> str:
    digits = _PAUSES.sub("", unspaced(text)).removeprefix("+86").removeprefix("0086")
    bare = digits.removeprefix("86")
    return bare if _MOBILE.fullmatch(bare) else digits


def sample_phone(text: str) -> str | None:
    """A number of the sample people as it is stored, or None: nobody can be called by it."""
    digits = _digits(text)
    return f"100-0000-{digits[7:]}" if _SAMPLE.fullmatch(digits) else None


def clean_phone(text: str) -> str | None:
    """Digits of a mainland mobile or landline number, or None.

    Full-width digits, spaces, hyphens, points, +86 and signs that cannot be seen are taken as
    they come from people and from the telephones they paste from; 86 alone before a mobile number.
    """
    digits = _digits(text)
    usable = _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)
    return digits if usable else None


def split_extension(text: str) -> tuple[str, str]:
    """A number and its extension, which is empty where none is written."""
    found = _EXTENSION.fullmatch(unspaced(text))
    return (found[1], found[2]) if found else (text, "")


def with_extension(number: str, extension: str) -> str:
    """A number with its extension, as it is written here."""
    return f"{number}转{extension}"


def clean_identity(text: str, today: date) -> str | None:
    """The eighteen places of an identity number or a residence permit, or None.

    Check digit and birthday must be right. The division is held against the provinces alone:
    counties come and go, and a number keeps the one of its first day.
    """
    number = unspaced(text).replace("-", "").upper()
    if not number.isascii() or not _IDENTITY.fullmatch(number):
        return None
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return None
    return number if number[-1] == ric.calc_check_digit(number) and born <= today else None


def usable_login(login: str) -> bool:
    """2 to 40 of small letters, digits, dot, hyphen and underscore."""
    return _LOGIN.fullmatch(login) is not None


def link_lives(expires_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Whether an invitation or reset can still be used."""
    return used_at is None and now < expires_at


def token_lives(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Whether a token still opens anything."""
    return revoked_at is None and now < expires_at


def use_to_note(last_used_at: datetime | None, now: datetime) -> bool:
    """Whether a use just now is worth writing down."""
    return last_used_at is None or now - last_used_at >= TOKEN_USE_NOTED


def post_name(unit: Label, role: Label) -> Label:
    """What a post is called where nobody said otherwise: the unit's and the role's names."""
    joined = {"zh": "{unit}{role}", "en": "{role}, {unit}"}
    return {
        language: pattern.format(unit=unit[language], role=role[language])
        for language, pattern in joined.items()
        if language in unit and language in role
    } or dict(role)
