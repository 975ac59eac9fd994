"""Errors are facts: a status for machines, a sentence for people, fields where they belong.

Raised anywhere, rendered once (by the HTML or the JSON shell). A missing thing and a thing one may
not see raise the same `NotFound`.
"""

from __future__ import annotations

from collections.abc import Mapping

from saas.kernel.i18n import lazy_gettext as _l


class AppError(Exception):
    """Base of everything the product says no with."""

    status = 500
    code = "error"
    sentence = _l("Something went wrong. Please try again.")

    def __init__(self, sentence: object = None, **data: object) -> None:
        self.text = sentence if sentence is not None else self.sentence
        self.data = data
        super().__init__(str(self.code))


class NotFound(AppError):
    """Not there, or not for this person: the answer is the same."""

    status = 404
    code = "not_found"
    sentence = _l("There is nothing at this address, or it is not open to you.")


class Forbidden(AppError):
    """The person is known and may see the place, but not do this."""

    status = 403
    code = "forbidden"
    sentence = _l("Your post does not allow this. Ask your district administrator.")


class SignInNeeded(AppError):
    """Somebody has to say who they are first."""

    status = 401
    code = "sign_in_needed"
    sentence = _l("Please sign in first.")


class ProofNeeded(AppError):
    """What is dangerous is done by who gave the second step a moment ago."""

    status = 403
    code = "proof_needed"
    sentence = _l("Please prove once more that it is you.")


class Conflict(AppError):
    """Somebody else was quicker, or the thing has moved on."""

    status = 409
    code = "conflict"
    sentence = _l("This has changed in the meantime. Look at it again before you go on.")


class TooMany(AppError):
    """Too many tries in too short a time."""

    status = 429
    code = "too_many"
    sentence = _l("Too many tries. Please wait a few minutes.")


class Unavailable(AppError):
    """A neighbour this needs (database, disk, mail) does not answer."""

    status = 503
    code = "unavailable"
    sentence = _l("The service is busy or being repaired. Please try again in a minute.")


class Invalid(AppError):
    """What was typed cannot be taken as it is; ``errors`` maps field to sentences."""

    status = 422
    code = "invalid"
    sentence = _l("Some answers need another look.")

    def __init__(self, errors: Mapping[str, list[object]], sentence: object = None) -> None:
        super().__init__(sentence)
        self.errors = {field: list(texts) for field, texts in errors.items()}


def not_listed(*fields: str) -> Invalid:
    """What was chosen in ``fields`` is none of what was offered there."""
    return Invalid({field: [_l("Choose one of the list.")] for field in fields})
