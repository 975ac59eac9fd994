"""What taking a change of the model back would do, in plain words: one line for each item.

It is a merge too, but its sides are others: what comes is what was here before, not a package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from saas.kernel.i18n import lazy_gettext as _l
from saas.packages.model import plan_in_words
from saas.packages.model.plan_in_words import Line, Teller
from saas.packages.model.rules.merge import Entry

_COMES: Final = ("done", _l("As before"))
_STAYS: Final = ("paused", _l("Stays"))
_GOES: Final = ("ended", _l("Goes"))
#: Verdict → how it is marked, its one word, and its sentence where no field tells more.
_SAID: Final = {
    "taken": (*_COMES, _l("It is again as it was.")),
    "together": (*_COMES, _l("What you have edited since stays.")),
    "added": (*_COMES, _l("It comes back.")),
    "removed": (*_GOES, _l("It came with that change and goes out of use.")),
    "held": (*_STAYS, _l("It came with that change, but something stands on it by now.")),
}
_EDITED: Final = (*_STAYS, _l("You have edited it since."))


@dataclass(frozen=True, slots=True)
class BackTeller(Teller):
    """Says what stands in the plan of a taking back; it asks nothing."""

    def line(self, entry: Entry) -> Line:
        """One entry in words."""
        mark, word, sentence = _SAID.get(entry.verdict, _EDITED)
        steps = tuple(self._steps(entry))
        alone = entry.verdict == "taken" and steps
        return Line(
            path=entry.path,
            title=plan_in_words.capital(plan_in_words.called(entry, self.parts)),
            verdict=entry.verdict,
            mark=mark,
            word=str(word),
            sentences=steps if alone else (*steps, str(sentence)),
            inside=(),
            conflicts=(),
        )

    def _steps(self, entry: Entry) -> Iterator[str]:
        if entry.verdict not in {"taken", "together"} or plan_in_words.is_order(entry):
            return
        for each in entry.changes:
            if each.verdict == "taken":
                yield plan_in_words.capital(self.step(entry.address, each, each.ours, each.theirs))
