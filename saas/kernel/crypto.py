"""Passwords, sealed fields and tokens.

Personal identifiers are sealed with a key that is derived per district from the master key, so a
row copied into another district cannot be read there. Look-up goes by a keyed hash. The master key
is in no database.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from saas.kernel.context import current_scope
from saas.kernel.runtime import settings

_NONCE = 12
_passwords = PasswordHasher()
#: Checked when nobody by that name exists, so that both answers take the same time.
_NOBODY = _passwords.hash("nobody has this password")


class Unreadable(RuntimeError):
    """A sealed field was not sealed with this district's key."""


def hash_password(password: str) -> str:
    """An argon2id hash with its parameters inside."""
    return _passwords.hash(password)


def check_password(stored: str | None, password: str) -> bool:
    """Whether ``password`` fits; as slow for a person who does not exist."""
    try:
        return _passwords.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def new_token() -> str:
    """An unguessable public code of 26 letters and digits (130 bits)."""
    return base64.b32encode(secrets.token_bytes(17)).decode().lower()[:26]


def token_hash(token: str) -> str:
    """What is stored of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


#: What a district's keys are for. All of them leave with it, or codes on paper would open nothing.
PURPOSES: Final = frozenset(
    {"seal", "file", "lookup", "form", "slip", "pin", "code", "invitation", "spare"}
)


def _key(purpose: str) -> bytes:
    scope = current_scope()
    if scope is None:
        raise Unreadable("no district is set")
    if purpose not in PURPOSES:
        raise ValueError(purpose)
    brought = getattr(scope, "keys", None)
    if not brought:
        return _derived(f"{purpose}:{scope.key}")
    # What keys are used for since it was archived has one as well, made from what it brought.
    return brought.get(purpose) or _derived(purpose, brought["seal"])


def _derived(info: str, root: bytes | None = None) -> bytes:
    kind = HKDF(algorithm=SHA256(), length=32, salt=b"saas-1519", info=info.encode())
    return kind.derive(root or settings().master_key.encode())


def own_keys() -> dict[str, bytes]:
    """The keys of the current district, to leave with it in an archive that is sealed itself."""
    return {purpose: _key(purpose) for purpose in sorted(PURPOSES)}


def wrap_keys(keys: Mapping[str, bytes]) -> bytes:
    """Keys that a district brought along, sealed by this installation."""
    text = json.dumps({name: base64.b64encode(key).decode() for name, key in keys.items()})
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_derived("wrap")).encrypt(nonce, text.encode(), None)


def unwrap_keys(data: bytes) -> dict[str, bytes]:
    """The way back; raises `Unreadable`."""
    try:
        text = AESGCM(_derived("wrap")).decrypt(data[:_NONCE], data[_NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("these keys were not brought here") from error
    return {name: base64.b64decode(key) for name, key in json.loads(text).items()}


def own_seed(purpose: str) -> bytes:
    """32 bytes that only this installation can make, for a key of its own that signs."""
    return _derived(f"{purpose}:installation")


def seal(text: str) -> bytes:
    """Encrypt for the current district."""
    return _sealed("seal", text.encode(), None)


def unseal(data: bytes) -> str:
    """Decrypt; raises `Unreadable` for another district's or damaged data."""
    return _opened("seal", data, None).decode()


def seal_file(content: bytes, name: str) -> bytes:
    """Encrypt a file for the current district; it opens under this ``name`` alone."""
    return _sealed("file", content, name.encode())


def unseal_file(data: bytes, name: str) -> bytes:
    """Decrypt; raises `Unreadable` for another district's, another file's or damaged data."""
    return _opened("file", data, name.encode())


def _sealed(purpose: str, content: bytes, about: bytes | None) -> bytes:
    return _shut(_key(purpose), content, about)


def _opened(purpose: str, data: bytes, about: bytes | None) -> bytes:
    return _open(_key(purpose), data, about)


def _shut(key: bytes, content: bytes, about: bytes | None) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def _open(key: bytes, data: bytes, about: bytes | None) -> bytes:
    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], about)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("this was not sealed here") from error


@dataclass(frozen=True, slots=True)
class Resealing:
    """Takes what is sealed in one district over to another, both known by their `own_keys`: what
    was sealed ``before`` opens with the keys ``after`` alone.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]

    def unseal(self, data: bytes) -> str:
        """What stands in a sealed field; raises `Unreadable`."""
        return _open(self.before["seal"], data, None).decode()

    def seal(self, text: str) -> bytes:
        """A field of the other district."""
        return _shut(self.after["seal"], text.encode(), None)

    def lookup_hash(self, text: str) -> str:
        """By which it is found there."""
        return hmac.new(self.after["lookup"], text.encode(), hashlib.sha256).hexdigest()

    def file(self, data: bytes, name: str) -> bytes:
        """A file for the other district; one that was not sealed stays as it is."""
        try:
            content = _open(self.before["file"], data, name.encode())
        except Unreadable:
            return data
        return _shut(self.after["file"], content, name.encode())


def lookup_hash(text: str) -> str:
    """The keyed hash by which a sealed value can be found in its own district."""
    return keyed_hash("lookup", text)


def keyed_hash(purpose: str, text: str) -> str:
    """A hash that nobody can make without this district's key for ``purpose``."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).hexdigest()


def masked_phone(number: str | None) -> str:
    """138****1234: enough to recognise, not to call."""
    if not number:
        return ""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 8 else "****"


def masked_name(name: str) -> str:
    """The first character and stars: enough to ask whether it is so, not to learn it."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def hash_of(column: str) -> dict[str, str]:
    """Said of a column (``info``) that holds the `lookup_hash` of what stands sealed in another:
    whoever seals the one for another district makes the other anew.
    """
    return {"hash_of": column}


class Sealed(sa.types.TypeDecorator[str]):
    """A text column that is stored sealed and can be neither searched nor sorted."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else seal(value)

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:
        """Open on the way out."""
        return None if value is None else unseal(value)
