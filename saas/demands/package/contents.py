"""What a package lets people ask for, as the page of its contents shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saas.demands.package.declared import FIELDS
from saas.demands.package.shapes import Category, Deadline, DemandKind, Demands, Guide
from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import say
from saas.packages.parts import Count, Package, Section
from saas.packages.schemas.fields import plain
from saas.packages.words import name_of, shown_in


@dataclass(frozen=True, slots=True)
class DemandsView:
    """The rows of demands.yaml, and what stands beside each of them."""

    demands: Demands
    parts: Mapping[str, Any]

    def categories(self, kind: DemandKind) -> list[Category]:
        """Those at the top of a kind."""
        tops = (each for each in self.demands.categories if each.parent is None)
        return [each for each in tops if self.demands.kind_of(each) == kind.code]

    def inside(self, category: Category) -> list[Category]:
        """Those that a category groups."""
        return [each for each in self.demands.categories if each.parent == category.code]

    def deadlines(self, category: Category | None = None) -> list[tuple[str, Deadline]]:
        """The time limits of a category alone, or those of every one, each with its level."""
        code = category.code if category else None
        found = [each for each in self.demands.deadlines if each.category == code]
        return [(name_of(("demands", "deadlines", d.level, ""), self.parts), d) for d in found]

    def guide(self, category: Category) -> Guide | None:
        """How it is settled, if the package says so."""
        return next((g for g in self.demands.guides if g.category == category.code), None)

    @property
    def terms(self) -> list[tuple[str, str]]:
        """What holds for every demand."""
        return [(str(FIELDS[n]), str(value)) for n, value in plain(self.demands.terms).items()]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The causes by their use, in one line each."""
        heads = {"suspend": _("For suspending"), "decline": _("For declining")}
        return [
            (head, _(", ").join(say(each.name) for each in self.demands.reasons if each.use == use))
            for use, head in heads.items()
        ]

    @property
    def templates(self) -> list[tuple[str, str, str]]:
        """Name, what it is for, and text of every reply template."""
        return [(say(t.name), self._used(t), say(t.text)) for t in self.demands.templates]

    def _used(self, template: Any) -> str:
        address = ("demands", "templates", template.code)
        fields = {"verb": template.verb, "category": template.category}
        return " · ".join(shown_in(address, n, v, self.parts) for n, v in fields.items() if v)


def counts(package: Package) -> Iterator[Count]:
    """How many categories a demand can be filed in, and how many reply templates."""
    demands = package.of(Demands)
    yield Count(len(demands.leaves), _("categories"), "demands")
    yield Count(len(demands.templates), _("reply templates"), "templates")


def sections(package: Package) -> Iterator[Section]:
    """What can be asked for and on which terms; the reply templates."""
    view = DemandsView(package.of(Demands), package.parts())
    yield Section(30, "demands", _("Demands"), "demands/_package.html", view)
    title = _("Reply templates")
    yield Section(50, "templates", title, "demands/_package_templates.html", view)
