"""States and acts in the words of who reads them: staff in those of the office, residents in plain
ones. Who filed it is spoken to; to everybody else the same is told of somebody.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from saas.demands.case.words.acts import MISSING, STATE
from saas.demands.case.words.verbs import DO, DONE
from saas.kernel.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Speech:
    """What one kind of reader is told: ``state`` by state, ``done`` and ``do`` by verb, ``due``
    what is to happen until the time of a state is over, ``missing`` by field.
    """

    state: Mapping[str, Any]
    done: Mapping[str, Any]
    do: Mapping[str, Any]
    due: Mapping[str, Any]
    missing: Mapping[str, Any]


_STATE: Final = {
    "waiting": _l("received, somebody will take it up"),
    "accepted": _l("being seen to"),
    "asked": _l("waiting for your answer"),
    "suspended": _l("has to wait for a while"),
    "doubted": _l("looked at once more by somebody else"),
    "resolved": _l("please see whether it is solved"),
    "confirmed": _l("solved"),
    "ended": _l("brought to an end"),
    "declined": _l("not taken on"),
    "withdrawn": _l("taken back by you"),
    "merged": _l("goes on together with another"),
}
_DONE: Final = {
    "accept": _l("Somebody takes care of it"),
    "resolve": _l("It was done"),
    "contribute": _l("A unit that helps has done its part"),
    "ask": _l("You were asked something"),
    "answer": _l("You answered"),
    "resume": _l("It goes on"),
    "pass_up": _l("Handed to the next level"),
    "return_down": _l("Handed back to the level below"),
    "transfer": _l("Handed to others"),
    "join": _l("Others were asked to help"),
    "release": _l("Help is no longer needed"),
    "suspend": _l("It has to wait"),
    "doubt": _l("Not sure whether it can be taken on: somebody else looks at it"),
    "uphold": _l("Not taken on after a second look"),
    "overrule": _l("It goes on after a second look"),
    "end": _l("It was brought to an end"),
    "merge": _l("It goes on together with another"),
    "unmerge": _l("It goes on by itself again"),
    "part": _l("It goes on by itself again"),
    "supervise": _l("The level above watches over it"),
    "confirm": _l("You said: solved"),
    "rate": _l("You said how well it was done"),
    "reopen": _l("You said: not solved yet"),
    "appeal": _l("You asked for another look"),
    "withdraw": _l("You took it back"),
    "climb": _l("Its time was over: handed to the next level"),
    "overdue": _l("Its time is over at the highest level"),
    "wake": _l("The wait is over, it goes on"),
    "lapse": _l("Counts as solved: no answer came"),
    "hold": _l("Not counted as solved: nobody has reached you"),
    "rebook": _l("You moved the appointment"),
    "remind": _l("You were reminded of the appointment"),
    "take_over": _l("Taken over by the unit that now does this work"),
}
_DUE: Final = {
    "waiting": _l("Somebody takes it up by"),
    "accepted": _l("To be done by"),
    "doubted": _l("Looked at by"),
}
#: Who filed an appointment gives it up so.
CANCEL: Final = _l("Cancel the appointment")
#: Who works on it.
STAFF: Final = Speech(STATE, DONE, DO, {}, MISSING)
#: Who filed it, with an account or by its slip.
OWN: Final = Speech(
    _STATE,
    ChainMap(_DONE, DONE),
    ChainMap(
        {
            "confirm": _l("Solved"),
            "reopen": _l("Not solved yet"),
            "appeal": _l("Ask for another look"),
            "withdraw": _l("Take it back"),
        },
        DO,
    ),
    _DUE,
    ChainMap({"reason": _l("Please write it in a sentence.")}, MISSING),
)
#: Everybody else who may see where it stands: a neighbour, or who has its code alone.
OTHERS: Final = Speech(
    {
        **_STATE,
        "asked": _l("a question waits for the answer of who filed it"),
        "resolved": _l("done, who filed it looks whether it is solved"),
        "withdrawn": _l("taken back by who filed it"),
    },
    ChainMap(
        {
            "ask": _l("Who filed it was asked something"),
            "answer": _l("Who filed it answered"),
            "rebook": _l("The appointment was moved"),
            "remind": _l("A reminder of the appointment was sent"),
            "confirm": _l("Who filed it says: solved"),
            "rate": _l("Who filed it said how well it was done"),
            "reopen": _l("Who filed it says: not solved yet"),
            "appeal": _l("Who filed it asked for another look"),
            "withdraw": _l("Who filed it took it back"),
            "hold": _l("Not counted as solved: nobody has reached who filed it"),
        },
        _DONE,
        DONE,
    ),
    {},
    _DUE,
    MISSING,
)


def speech_to(*, staff: bool) -> Speech:
    """How somebody who may see the whole of a demand is spoken to."""
    return STAFF if staff else OWN
