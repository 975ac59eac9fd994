"""States, kinds, verbs and steps of tenants in words, for console and command line."""

from __future__ import annotations

from typing import Final

from saas.kernel.i18n import lazy_gettext as _l

STATE: Final = {
    "requested": _l("requested"),
    "provisioning": _l("being set up"),
    "failed": _l("set-up failed"),
    "preparing": _l("being prepared"),
    "active": _l("in service"),
    "suspended": _l("suspended"),
    "maintenance": _l("in maintenance"),
    "closing": _l("closing"),
    "archived": _l("archived"),
    "deleted": _l("deleted"),
}
#: The kind of status mark for each state.
MARK: Final = {
    "requested": "waiting",
    "provisioning": "waiting",
    "failed": "late",
    "preparing": "planned",
    "active": "good",
    "suspended": "paused",
    "maintenance": "paused",
    "closing": "warn",
    "archived": "ended",
    "deleted": "ended",
}
KIND: Final = {
    "standard": _l("standard"),
    "trial": _l("trial"),
    "demo": _l("demo"),
    "template": _l("sample that demos are copied from"),
}
VERB: Final = {
    "request": _l("Requested"),
    "start": _l("Set-up began"),
    "fail": _l("Set-up failed"),
    "activate": _l("Went into service"),
    "prepare": _l("Made, and being prepared by its own people"),
    "go_live": _l("Went live"),
    "ask_pause": _l("The district asks to be suspended"),
    "invite_another": _l("Another administrator invited"),
    "offer_edition": _l("District told of an edition"),
    "quotas": _l("Quotas set"),
    "rename": _l("Another code"),
    "add_host": _l("Name of its own written down"),
    "prove_host": _l("Name of its own proved"),
    "remove_host": _l("Name of its own removed"),
    "allow_support": _l("The district lets operators look in"),
    "end_support": _l("The district lets operators look in no more"),
    "look_in": _l("An operator went to look in"),
    "invite": _l("First administrator invited anew"),
    "retry": _l("Set-up tried again"),
    "begin_anew": _l("The demo begins anew"),
    "expire": _l("The days of the demo are over"),
    "discard": _l("Discarded"),
    "suspend": _l("Suspended"),
    "resume": _l("Resumed"),
    "maintain": _l("Maintenance began"),
    "close": _l("Closing began"),
    "keep": _l("Closing stopped"),
    "archive": _l("Archived"),
    "restore": _l("Restored"),
    "delete": _l("Deleted"),
    "package": _l("Another model chosen"),
    "again": _l("A failed job tried again"),
    "set_recipient": _l("Key for archives set"),
    "write_archive": _l("Archive written"),
    "compare": _l("Compared with another district"),
    "swap": _l("Places changed with another district"),
    "certify": _l("Deletion certified"),
    "give_up": _l("A failed job given up"),
}
#: What goes on with archives.
UNDER_WAY: Final = {
    "archive": _l("An archive is being written."),
    "restore": _l("It is being restored."),
    "compare": _l("Two districts are being compared."),
}
#: What is counted of a district.
USAGE: Final = {
    "people": _l("People"),
    "demands": _l("Demands"),
    "files": _l("Files"),
    "sms": _l("SMS this month"),
    "database": _l("Database"),
    "rows": _l("Rows, estimated"),
}
STEP: Final = {
    "schema": _l("Tables and rights of its own"),
    "package": _l("Model package: levels, roles, categories"),
    "territory": _l("District and street offices"),
    "culture": _l("Culture look"),
    "rooms": _l("Support centre, platforms and rooms"),
    "people": _l("First administrator"),
    "demo": _l("Sample data"),
    "copy": _l("Copied from the sample"),
    "open": _l("Open the doors"),
}
#: How background work is: the shape of its mark and its words.
PULSE: Final = {
    "ok": ("done", _l("it goes on")),
    "behind": ("warn", _l("it does not keep up")),
    "stopped": ("late", _l("it stands still")),
}
#: State of a job in the queue.
JOB: Final = {
    "later": _l("due later"),
    "todo": _l("waiting"),
    "doing": _l("being done"),
    "failed": _l("failed"),
}
#: Who did something where it was nobody with a name here.
ACTOR: Final = {
    "system": _l("the system"),
    "administrator": _l("the district's administrator"),
}
