"""signature.json: who built a package. Ed25519 over the manifest, which covers every file.

The public key travels with the signature; whose it is, the operator says (`Settings.publishers`).
A signature that does not fit makes the package a fault, an unknown key does not.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization as keys
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from saas.packages.faults import Fault
from saas.packages.library.archive.manifest import MANIFEST
from saas.packages.library.archive.zips import Files

SIGNATURE = "signature.json"
_ALGORITHM = "ed25519"
_PURPOSE = b"saas model package\n"  # the same key signs nothing else by mistake
_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Signer:
    """A publisher's key, with which packages are signed."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public half as text, for those who shall know the publisher."""
        raw = self.private.public_key().public_bytes(keys.Encoding.Raw, keys.PublicFormat.Raw)
        return base64.b64encode(raw).decode()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a package comes from: ``known``, ``unknown`` (key), ``unsigned`` or ``altered``.

    ``publisher`` is the operator's name for a known key; ``public_key`` is empty without signature.
    """

    state: str
    publisher: str = ""
    public_key: str = ""


#: What was never signed.
UNSIGNED = Origin("unsigned")


def key_from(seed: bytes) -> Signer:
    """The key that is made of 32 secret bytes, always the same."""
    return Signer(Ed25519PrivateKey.from_private_bytes(seed))


def new_key() -> bytes:
    """A new private key as PEM, to be kept by the publisher alone."""
    return Ed25519PrivateKey.generate().private_bytes(
        keys.Encoding.PEM, keys.PrivateFormat.PKCS8, keys.NoEncryption()
    )


def read_key(pem: bytes) -> Signer:
    """The key in a file made by `new_key`; raises `ValueError` for anything else."""
    try:
        found = keys.load_pem_private_key(pem, password=None)
    except (TypeError, UnsupportedAlgorithm) as error:  # sealed by a password, or exotic
        raise ValueError(str(error)) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return Signer(found)


def sign(manifest: bytes, signer: Signer) -> bytes:
    """signature.json for a manifest."""
    value = {
        "algorithm": _ALGORITHM,
        "public_key": signer.public,
        "signature": base64.b64encode(signer.private.sign(_PURPOSE + manifest)).decode(),
    }
    return (json.dumps(value, indent=2, sort_keys=True) + "\n").encode()


def origin_of(files: Files, publishers: Mapping[str, str]) -> tuple[Origin, list[Fault]]:
    """Who signed these files, and the fault if the signature does not fit.

    ``publishers`` has the operator's name for each public key that is known.
    """
    if SIGNATURE not in files:
        return UNSIGNED, []
    told = _told(files[SIGNATURE])
    if told is None or not _fits(told, files.get(MANIFEST, b"")):
        return Origin("altered"), [Fault(SIGNATURE, "", "bad_signature")]
    key = str(told["public_key"])
    known = publishers.get(key)
    return Origin("known" if known else "unknown", known or "", key), []


def _told(raw: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(raw) if len(raw) <= _LIMIT else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("algorithm") != _ALGORITHM:
        return None
    given = (value.get("public_key"), value.get("signature"))
    return value if all(isinstance(each, str) for each in given) else None


def _fits(told: Mapping[str, Any], manifest: bytes) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(_decoded(told["public_key"]))
        public.verify(_decoded(told["signature"]), _PURPOSE + manifest)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _decoded(text: str) -> bytes:
    """Base64 in its one canonical spelling, so that a key has exactly one name."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not canonical")
    return raw
