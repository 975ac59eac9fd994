"""What the pages of a district's model show, every word ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from saas.kernel.context import Tenant
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.i18n import long_datetime, say
from saas.packages import words
from saas.packages.contents import Contents, in_words
from saas.packages.faults import Fault
from saas.packages.items import from_items
from saas.packages.library import queries as library
from saas.packages.model import plan_in_words, queries
from saas.packages.model.plan_in_words import Section, Teller
from saas.packages.model.queries import Proposal
from saas.packages.model.rules.merge import Entry, Plan
from saas.packages.model.undo_in_words import BackTeller
from saas.packages.models import PackageChange
from saas.packages.parts import Package

#: What can be looked at by itself: filter → its word and the verdicts that it lets through.
FILTERS: Final[dict[str, tuple[Any, frozenset[str]]]] = {
    "conflicts": (_l("To decide"), frozenset({"conflict"})),
    "package": (_l("From the package"), frozenset({"taken", "added", "removed", "together"})),
    "yours": (
        _l("Stays as you have it"),
        frozenset({"kept", "own", "dropped", "held", "left_out", "together"}),
    ),
    "all": (_l("All"), frozenset(plan_in_words.WORD)),
}
_KIND: Final = {
    "install": _l("Installed"),
    "upgrade": _l("Upgraded"),
    "exchange": _l("Another model chosen"),
    "undo": _l("Taken back"),
}


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """An upgrade as its page shows it."""

    shown: str
    chips: tuple[tuple[str, str, int], ...]
    sections: list[Section]
    conflicts: int
    open: int
    moved: list[str]
    consequences: list[str]
    faults: list[str]
    own_faults: list[str]
    ready: bool


def ready(proposal: Proposal) -> bool:
    """Whether nothing is in the way of the upgrade."""
    return not (proposal.open or proposal.faults or proposal.own_faults)


def teller_of(plan: Plan, decisions: dict[str, str] | None = None) -> Teller:
    """Who says what stands in a plan; things are called as the district calls them."""
    parts = plan_in_words.names_together(
        *(from_items(side) for side in (plan.ours, plan.theirs, plan.base))
    )
    return Teller(parts, decisions=decisions)


def taking_back(plan: Plan) -> list[Section]:
    """What taking a change back would do."""
    parts = plan_in_words.names_together(*(from_items(side) for side in (plan.ours, plan.theirs)))
    return BackTeller(parts).sections(plan)


def proposal_page(proposal: Proposal, shown: str) -> ProposalPage:
    """The page of an upgrade; without a filter, conflicts if there are any, else all."""
    plan = proposal.plan
    if shown not in FILTERS:
        shown = "conflicts" if plan.conflicts else "all"
    teller = teller_of(plan, dict(proposal.tally.standing))
    chips = tuple(
        (name, str(word), sum(entry.verdict in verdicts for entry in plan.entries))
        for name, (word, verdicts) in FILTERS.items()
    )
    return ProposalPage(
        shown=shown,
        chips=chips,
        sections=teller.sections(plan, _letting(FILTERS[shown][1])),
        conflicts=len(plan.conflicts),
        open=len(proposal.open),
        moved=[_moved(name, plan, teller) for name in proposal.tally.moved],
        consequences=consequences(plan.counts),
        faults=faults_told(proposal.faults),
        own_faults=faults_told(proposal.own_faults),
        ready=ready(proposal),
    )


def _letting(verdicts: frozenset[str]) -> Callable[[Entry], bool]:
    return lambda entry: entry.verdict in verdicts


def _moved(name: str, plan: Plan, teller: Teller) -> str:
    path = name.partition("#")[0]
    for entry in plan.entries:
        if entry.path == path:
            return plan_in_words.called(entry, teller.parts)
    return words.called(tuple(path.split("/")), teller.parts)


def consequences(counts: Mapping[str, int]) -> list[str]:
    """What an upgrade does, counted."""
    return plan_in_words.summed(counts)


def edited_since(plan: Plan) -> int:
    """How many things of a taking back stay because they were edited since."""
    return sum(entry.verdict in {"kept", "own", "dropped", "conflict"} for entry in plan.entries)


def faults_told(faults: Sequence[Fault]) -> list[str]:
    """Each fault in a sentence, with the place that it is about."""
    return [
        _("%(file)s: %(sentence)s", file=words.file_word(each.file),
          sentence=each.sentence)
        for each in faults
    ]  # fmt: skip


def history(changes: Sequence[PackageChange]) -> list[dict[str, str]]:
    """The history of the model, for a timeline."""
    return [
        {
            "at": long_datetime(change.at),
            "did": f"{_KIND[change.kind]} · {_title(change)}",
            "who": change.actor_name,
            "text": _(", ").join(
                line.rstrip("。.") for line in plan_in_words.summed(change.counts)
            ),
            "kind": "ended" if change.kind == "undo" else "done",
        }
        for change in changes
    ]


def _title(change: PackageChange) -> str:
    title = change.after.get("package", {}).get("title")
    return f"{say(title) or change.key} {change.version}"


def as_it_stands() -> Contents | None:
    """What the district has now, readable; nothing while its own settings have faults."""
    try:
        return in_words(library.from_parts(queries.current()))
    except library.BadPackage:
        return None


def export_start(installed: Package, tenant: Tenant) -> dict[str, Any]:
    """What the form of an export begins with."""
    handle = tenant.code.replace("-", "_")
    title, name = installed.head.title, tenant.name
    return {
        "key": handle if handle != installed.key else f"{handle}_own",
        "version": "1.0.0",
        "title_zh": f"{name.get('zh', '')} · {title['zh']}"[:100],
        "title_en": f"{name.get('en') or name.get('zh', '')} · {title['en']}"[:100],
        "publisher_zh": name.get("zh", ""),
        "publisher_en": name.get("en", ""),
    }
