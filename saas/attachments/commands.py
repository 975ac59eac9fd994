"""Tying files to things, taking them away, and sweeping what belongs to nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence

from saas.attachments import disk, queries
from saas.attachments.content import Taken
from saas.attachments.models import Attachment
from saas.kernel import clock, pictures, storage
from saas.kernel.context import Actor
from saas.kernel.crypto import new_token
from saas.kernel.db import session
from saas.kernel.errors import Unavailable
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unit_of_work import after_commit, when_undone

#: No transaction lasts so long: what is older and belongs to nothing was left behind.
_LEFT_BEHIND = 24 * 60 * 60
_PORTION = 500


def attach(
    taken: Sequence[Taken],
    *,
    thing: str,
    thing_id: int,
    place: str,
    act: int = 0,
    sealed: bool,
    actor: Actor,
) -> list[Attachment]:
    """Keep files that `take` has checked, behind those that the thing has. The thing is locked by
    its door, or new. ``sealed``: whether they are personal. The domain records its own act.

    Raises `Unavailable` where the disk does not take them.
    """
    last = queries.last_position(thing, thing_id) if taken else 0
    made = [
        Attachment(
            thing=thing,
            thing_id=thing_id,
            position=position,
            place=place,
            act=act,
            kind=file.kind,
            name=file.name,
            key=new_token(),
            size=len(file.data),
            digest=hashlib.sha256(file.data).hexdigest(),
            sealed=sealed,
            at=clock.now(),
            by_id=actor.person_id,
        )
        for position, file in enumerate(taken, last + 1)
    ]
    for row, file in zip(made, taken, strict=True):
        _keep(row, file)
    session.add_all(made)
    if made:  # most acts bring nothing, and what else waits to be written can wait
        session.flush()
    return made


def _keep(row: Attachment, file: Taken) -> None:
    key = row.key
    when_undone(lambda: disk.remove(key))
    small = pictures.thumbnail(file.data) if row.is_picture else None
    try:
        disk.write(key, file.data, sealed=row.sealed)
        if small is not None:
            disk.write(disk.small(key), small, sealed=row.sealed)
    except OSError as error:
        raise Unavailable(
            _l("The picture cannot be stored just now. Send it without one.")
            if row.is_picture
            else _l("The file cannot be stored just now. Send it without one.")
        ) from error


def retire(row: Attachment) -> None:
    """Take a file away: once that is stored its bytes go; that it was there stays known."""
    key, row.retired_at = row.key, clock.now()
    after_commit(lambda: disk.remove(key))


def retire_picture(thing: str, thing_id: int, key: str) -> None:
    """The same by the key that the thing keeps, for a picture of before there were attachments
    too.
    """
    if row := queries.by_key(thing, thing_id, key):
        retire(row)
    elif old := storage.picture_path(key):
        after_commit(lambda: old.unlink(missing_ok=True))


def sweep() -> int:
    """Delete files that belong to nothing, as a killed process leaves them; says how many.

    What cannot be looked at or deleted is left for another night.
    """
    found, swept = disk.names_before(time.time() - _LEFT_BEHIND), 0
    for first in range(0, len(found), _PORTION):
        names = found[first : first + _PORTION]
        used = queries.keys_of({disk.whole(name) for name in names})
        swept += sum(disk.delete(name) for name in names if disk.whole(name) not in used)
    return swept
