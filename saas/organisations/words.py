"""States, verbs, records and papers in words; who gets which notice."""

from __future__ import annotations

from typing import Final

from saas import casework
from saas.casework import Verb
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices.words import Kind, declare

_LINE = _l("%(what)s · %(where)s")


def _kind(name: str, title: object, icon: str = "organisation", *, asks: bool = False) -> Kind:
    return declare(f"organisations.{name}", title=title, text=_LINE, icon=icon, asks=asks,
                   group=_l("Organisations"))  # fmt: skip


PROPOSED = _kind("proposed", _l("To be filed: %(what)s"), asks=True)
SECOND = _kind("second", _l("A second person decides: %(what)s"), "flag", asks=True)
DECIDED = _kind("decided", _l("Decided about yours: %(what)s"), "check")
ALIVE = _kind("alive", _l("Are you still there? %(what)s"), "clock", asks=True)
ASLEEP = _kind("asleep", _l("Asleep, for nothing was heard: %(what)s"), "pause", asks=True)
JOINED = _kind("joined", _l("Somebody joined: %(what)s"), "people")
CONFIRM = _kind("confirm", _l("Please confirm a session: %(what)s"), "check", asks=True)
PLAN = _kind("plan", _l("A plan to look at: %(what)s"), "note", asks=True)
PLANNED = _kind("planned", _l("Your plan was looked at: %(what)s"), "note")
#: What other systems are told.
REGISTERED = _kind("registered", _l("Organisation registered: %(what)s"))
MOVED = _kind("moved", _l("Organisation moved: %(what)s"))

#: What is asked of its people, or of staff, is asked no more once something was done.
ASKS: Final = (PROPOSED, SECOND, ALIVE, ASLEEP)

GROUPS: Final = {"next": "", "grow": _l("Growth"), "watch": _l("Look after"), "end": _l("Exit")}
_OURS = {"people": DECIDED}
_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="start", done=_l("Started"), tone="planned"),
    Verb(code="propose", done=_l("Proposed for filing"), do=_l("Propose"), icon="send",
         tone="waiting", group="next", notices={"handlers": PROPOSED}),
    Verb(code="advise", done=_l("Advised by the community"), do=_l("Advise"), icon="note",
         ask=_l("What do you say to it? The street reads it."), tone="good", group="next",
         notices={"deciders": PROPOSED}),
    Verb(code="file", done=_l("Put on file"), do=_l("File it"), icon="check", tone="done",
         group="next", may=("issuer", "until", "reason"), notices=_OURS, fact=REGISTERED),
    Verb(code="take_over", done=_l("Taken over from the former register"),
         do=_l("Take over as it is"),
         icon="download", tone="done", group="next",
         may=("issuer", "until", "reason")),
    Verb(code="refuse", done=_l("Not filed"),
         do=_l("Refuse"), icon="close",
         tone="warn",
         ask=_l("Why not? They read it and may propose again."),
         group="end", notices=_OURS),
    Verb(code="drop", done=_l("Given up"),
         do=_l("Give it up"), icon="close", tone="ended",
         group="end",
         may=("reason",)),
    Verb(code="renew", done=_l("Filing renewed"), do=_l("Renew"),
         icon="undo", tone="good",
         group="watch", may=("issuer", "until", "reason"),
         notices=_OURS),
    Verb(code="prove", done=_l("Sign of life"), do=_l("We are alive"),
         icon="check", tone="good",
         ask=_l("What did you do lately?"), group="next",
         may=("photo",)),
    Verb(code="call", done=_l("Asked whether it is alive"),
         tone="waiting",
         notices={"people": ALIVE}),
    Verb(code="inquire", done=_l("Asked by the community whether it is alive"), tone="waiting",
         notices={"people": ALIVE}),
    Verb(code="doze",
         done=_l("Fell asleep: no sign of life"),
         tone="paused",
         notices={"people": ASLEEP, "handlers": ASLEEP},
         fact=MOVED),
    Verb(code="enter", done=_l("Incubation begun"), do=_l("Incubate"),
         icon="add", tone="good",
         group="grow", may=("reason",), notices=_OURS,
         fact=MOVED),
    Verb(code="promote", done=_l("Promoted"), do=_l("Promote"), icon="up",
         tone="done",
         group="grow", may=("exception", "reason"), notices=_OURS,
         fact=MOVED),
    Verb(code="hold", done=_l("Held at its stage"), do=_l("Hold"),
         icon="pause", tone="paused",
         ask=_l("What is still missing?"), group="grow",
         notices=_OURS),
    Verb(code="put_back", done=_l("Put back a stage"), do=_l("Put back"),
         icon="down",
         ask=_l("Why does it go back?"), tone="warn", group="grow",
         notices=_OURS, fact=MOVED),
    Verb(code="graduate", done=_l("Graduated"),
         do=_l("Graduate"), icon="star", tone="done",
         group="grow", may=("exception",
         "reason"), notices=_OURS, fact=MOVED),
    Verb(code="transform",
         done=_l("Changed into another type"), do=_l("Change type"),
         icon="transfer",
         tone="done", group="grow", may=("issuer", "until", "reason"),
         notices=_OURS,
         fact=MOVED),
    Verb(code="warn", done=_l("Warned"), do=_l("Warn"), icon="warning",
         tone="warn",
         ask=_l("What has to change, and until when?"), group="watch",
         notices=_OURS),
    Verb(code="sleep", done=_l("Put to sleep"), do=_l("Let sleep"),
         icon="pause", tone="paused",
         ask=_l("Why does it rest?"), group="watch",
         notices=_OURS, fact=MOVED),
    Verb(code="wake", done=_l("Woken"), do=_l("Wake"),
         icon="next", tone="good",
         ask=_l("What shows that it is alive?"), group="next",
         notices=_OURS, fact=MOVED),
    Verb(code="suspend", done=_l("Suspended for now"),
         do=_l("Suspend it"), icon="lock", tone="late",
         ask=_l("Why, and until when?"),
         group="watch", notices=_OURS, fact=MOVED),
    Verb(code="resume", done=_l("Let go on"),
         do=_l("Let go on"), icon="next", tone="good",
         group="next", may=("reason",),
         notices=_OURS, fact=MOVED),
    Verb(code="leave", done=_l("Leaving"), do=_l("Leave"),
         icon="leave", tone="warn",
         ask=_l("In a few words"), group="end",
         notices={"deciders": SECOND, "people": DECIDED}),
    Verb(code="stay",
         done=_l("Stays after all"), do=_l("Stay"), icon="undo",
         tone="good",
         ask=_l("What has changed?"), group="next",
         notices=_OURS),
    Verb(code="close", done=_l("Left"), do=_l("Close"), icon="check",
         tone="ended", group="next",
         may=("reason",), notices=_OURS,
         fact=MOVED),
    Verb(code="ask", done=_l("Asked for a second person"),
         tone="waiting",
         notices={"deciders": SECOND}),
    Verb(code="undo",
         done=_l("Taken back"), do=_l("Take back"), icon="undo",
         tone="ended",
         group="next", may=("reason",)),
    Verb(code="move",
         done=_l("At home elsewhere: its unit was merged"),
         tone="planned",
         notices={"people": DECIDED}),
    Verb(code="note",
         done=_l("Note"), do=_l("Note"), icon="note",
         tone="planned",
         ask=_l("For staff alone"), group="watch",
         internal=True),
)  # fmt: skip
VERBS: Final = {row.code: row for row in _ROWS}
_PLAN_ROWS: Final[tuple[Verb[Kind], ...]] = (
    Verb(code="hand_in", done=_l("Handed in"), do=_l("Hand in"), icon="send", tone="waiting",
         ask=_l("What did you change?"), notices={"station": PLAN}),
    Verb(code="pass", done=_l("Passed the check"), do=_l("Pass"), icon="check", tone="done",
         ask=_l("What was looked at?"), notices={"people": PLANNED}),
    Verb(code="send_back", done=_l("Sent back"), do=_l("Send back"), icon="return", tone="warn",
         ask=_l("What has to be better?"), notices={"people": PLANNED}),
    Verb(code="begin", done=_l("Begun"), do=_l("Begin"), icon="next", tone="good"),
    Verb(code="supervise", done=_l("Looked after"), do=_l("Supervise the plan"), icon="see",
         tone="good", ask=_l("What did you find?"), notices={"people": PLANNED}),
    Verb(code="finish", done=_l("Closed with a report"), do=_l("Finish"), icon="flag", tone="done",
         ask=_l("What came of it?"), notices={"people": PLANNED}),
    Verb(code="withdraw", done=_l("Withdrawn"), do=_l("Withdraw"), icon="close", tone="ended"),
)  # fmt: skip
PLAN_VERBS: Final = {row.code: row for row in _PLAN_ROWS}

OBSTACLE: Final = {
    "state": casework.NOT_NOW,
    "no_leader": _l("Say first who leads it."),
    "advised": _l("The community has said its word already."),
    "not_advised": _l("The community has to say its word first."),
    "entered": _l("It is incubated already."),
    "not_entered": _l("It is not incubated yet: begin with “Incubate”."),
    "graduated": _l("It has graduated."),
    "top": _l("It stands at the last stage: it can graduate."),
    "not_top": _l("Only from the last stage one graduates."),
    "bottom": _l("It stands at the first stage."),
    "unmet": _l(
        "Not every criterion is met. A level above can decide on an exception, with the reason."
    ),
    "running": _l("Something still runs: see what is open in the list."),
    "not_asked": _l("Nothing waits for a second person."),
}
MISSING: Final = {
    "reason": _l("Write a sentence."),
    "number": _l("Write the number."),
    "to": _l("Choose what it becomes."),
    "exit": _l("Choose a reason."),
}
STATE: Final = {
    "draft": ("planned", _l("draft")),
    "proposed": ("waiting", _l("to be filed")),
    "refused": ("warn", _l("not filed")),
    "active": ("good", _l("active")),
    "dormant": ("paused", _l("dormant")),
    "suspended": ("late", _l("suspended")),
    "leaving": ("warn", _l("leaving")),
    "left": ("ended", _l("left")),
}
#: Active is two things: who never showed a sign of life has not begun.
NEVER: Final = ("planned", _l("never met"))
PLAN_STATE: Final = {
    "checking": ("waiting", _l("being checked")),
    "returned": ("warn", _l("sent back")),
    "passed": ("good", _l("passed the check")),
    "running": ("good", _l("running")),
    "finished": ("done", _l("finished")),
    "dropped": ("ended", _l("withdrawn")),
}
CREDENTIAL: Final = {
    "registration": _l("Registration"),
    "filing": _l("Filing"),
    "recognition": _l("Recognition"),
    "charity": _l("Charity certificate"),
    "assessment": _l("Assessment grade"),
    "social_enterprise": _l("Social enterprise certificate"),
}
NEEDS: Final = {
    "registration": _l("registered with a unified social credit code"),
    "filing": _l("filed with a number"),
    "recognition": _l("recognised by its unit"),
}
POST: Final = {
    "leader": _l("Leader"),
    "contact": _l("Contact person"),
    "finance": _l("Keeps the books"),
}
SIGN: Final = {
    "activity": _l("Activity"),
    "party_activity": _l("Party activity"),
    "promotion": _l("Joint promotion"),
    "visit": _l("Visited"),
    "proof": _l("Sign of life"),
}
MENTOR: Final = {
    "business": _l("Business"),
    "party": _l("Party work"),
    "social_work": _l("Social work"),
}
LEAD: Final = {"league": _l("Party leads League"), "pioneers": _l("League leads Pioneers")}
CERTIFICATE: Final = {
    "assistant": _l("Assistant social worker"),
    "worker": _l("Social worker"),
    "senior": _l("Senior social worker"),
    "none": _l("No certificate yet"),
}
