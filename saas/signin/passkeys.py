"""Passkeys: what a browser is asked, and what its answer proves.

A passkey belongs to a host name. Districts below one host share it, so the handle of its owner
holds the district as well (`handle_of`), and a browser offers each its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from saas.kernel.context import current_scope
from saas.kernel.crypto import lookup_hash


@dataclass(frozen=True, slots=True)
class Asked:
    """A challenge (base64url) that a page of ``origin`` sent out; ``host`` is the name of it."""

    challenge: str
    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that was made for us just now."""

    credential: str
    public_key: bytes
    host: str
    counter: int


def handle_of(owner_id: int) -> bytes:
    """What the passkey calls its owner: nothing that says who it is, another in each district."""
    scope = current_scope()
    return bytes.fromhex(lookup_hash(f"handle:{scope.key if scope else ''}:{owner_id}"))


def to_make(
    owner_id: int, *, host: str, service: str, name: str, known: Sequence[str]
) -> tuple[str, str]:
    """What to ask a browser to make a passkey (JSON), and the challenge in it."""
    options = generate_registration_options(
        rp_id=host,
        rp_name=service,
        user_id=handle_of(owner_id),
        user_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_described(known),
    )
    return options_to_json(options), bytes_to_base64url(options.challenge)


def to_sign(*, host: str, known: Sequence[str]) -> tuple[str, str]:
    """What to ask a browser to sign with a passkey (JSON), and the challenge in it."""
    options = generate_authentication_options(
        rp_id=host,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options), bytes_to_base64url(options.challenge)


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known]


def made(answer: str, asked: Asked) -> Made | None:
    """The passkey in a browser's answer; None for an answer to something else, or a damaged one."""
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(asked.challenge),
            expected_rp_id=asked.host,
            expected_origin=asked.origin,
        )
    except (WebAuthnException, ValueError):
        return None
    credential = bytes_to_base64url(found.credential_id)
    return Made(credential, found.credential_public_key, asked.host, found.sign_count)


def credential_in(answer: str) -> str:
    """The id of the passkey that an answer says to be signed by."""
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def signed(answer: str, asked: Asked, public_key: bytes | None, counter: int) -> int | None:
    """The passkey's own counter after a signature that is right; None for one that is not."""
    try:
        found = verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(asked.challenge),
            expected_rp_id=asked.host,
            expected_origin=asked.origin,
            credential_public_key=public_key or b"",
            credential_current_sign_count=counter,
        )
    except (WebAuthnException, ValueError):
        return None
    return found.new_sign_count
