"""What demands say of themselves."""

from __future__ import annotations

from saas.demands import naming, pages
from saas.demands.case import jobs, reactions, words
from saas.demands.case import queries as cases
from saas.demands.case.lists import DEMANDS_LIST
from saas.demands.case.permissions import FILE, HANDLE, SETTINGS, SUPERVISE, VIEW
from saas.demands.doors import api, open311
from saas.demands.doors.workbook import jobs as workbook_jobs
from saas.demands.figures import measures
from saas.demands.finders import ANSWERS, DEMANDS
from saas.demands.package import part
from saas.kernel.domain import Area, Domain, Nav, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.web.pages import PUBLIC, SIGNED_IN

_TERMS = ("demands.terms", SETTINGS)
_CATEGORIES = ("demands.categories", SETTINGS)
_THINGS = {
    "demand": Thing(
        _l("Demand"), linked(naming.demands, "demands.show", VIEW), ("demands.listing", VIEW)
    ),
    "import": Thing(
        _l("Demands from a workbook"),
        page=("demands.import_workbook", VIEW),
        opens=lambda actor: bool(actor.reach(FILE)),
    ),
    "reply_template": Thing(
        _l("Reply template"),
        linked(naming.templates, "demands.edit_template", SETTINGS),
        ("demands.templates", SETTINGS),
    ),
    "public_answer": Thing(
        _l("Public answer"),
        linked(naming.answers, "demands.edit_answer", HANDLE),
        ("demands.knowledge", HANDLE),
    ),
    "demand_terms": Thing(_l("Terms of demands"), page=_TERMS),
    "demand_category": Thing(
        _l("Category"), linked(naming.categories, "demands.edit_category", SETTINGS), _CATEGORIES
    ),
    "demand_kind": Thing(
        _l("Kind of asking"),
        linked(naming.kinds, "demands.edit_kind", SETTINGS),
        ("demands.kinds", SETTINGS),
    ),
    "demand_reason": Thing(
        _l("Cause"),
        linked(naming.reasons, "demands.edit_reason", SETTINGS),
        ("demands.reasons", SETTINGS),
    ),
    "demand_question": Thing(
        _l("Question"), linked(naming.questions, "demands.edit_question", SETTINGS), _CATEGORIES
    ),
    "demand_report": Thing(
        _l("Report"), linked(naming.reports, "demands.show_report", VIEW), ("demands.reports", VIEW)
    ),
}
#: What is done with a demand: the words of its story, with what it was done to.
_ACTS = {f"demands.{verb}": _l("Demand: %(did)s", did=did) for verb, did in words.DONE.items()}
_SETTINGS = {
    "demands.add_template": _l("Reply template added"),
    "demands.change_template": _l("Reply template changed"),
    "demands.retire_template": _l("Reply template taken out of use"),
    "demands.restore_template": _l("Reply template brought back"),
    "demands.order_templates": _l("Reply templates put in another order"),
    "demands.propose_answer": _l("Public answer drafted from a demand"),
    "demands.write_answer": _l("Public answer drafted"),
    "demands.change_answer": _l("Public answer changed"),
    "demands.publish_answer": _l("Public answer published"),
    "demands.withdraw_answer": _l("Public answer withdrawn"),
    "demands.set_times": _l("Time limits set"),
    "demands.drop_times": _l("Time limits of a category given up"),
    "demands.set_terms": _l("Terms of demands set"),
    "demands.add_category": _l("Category added"),
    "demands.change_category": _l("Category changed"),
    "demands.retire_category": _l("Category taken out of use"),
    "demands.restore_category": _l("Category brought back"),
    "demands.order_categories": _l("Categories put in another order"),
    "demands.set_guide": _l("Guide of a category set"),
    "demands.change_kind": _l("Kind of asking changed"),
    "demands.add_question": _l("Question added"),
    "demands.change_question": _l("Question changed"),
    "demands.retire_question": _l("Question asked no more"),
    "demands.restore_question": _l("Question asked again"),
    "demands.order_questions": _l("Questions put in another order"),
    "demands.add_report": _l("Report added"),
    "demands.change_report": _l("Report changed"),
    "demands.retire_report": _l("Report taken out of use"),
    "demands.restore_report": _l("Report brought back"),
    "demands.order_reports": _l("Reports put in another order"),
    "demands.add_reason": _l("Cause added"),
    "demands.change_reason": _l("Cause changed"),
    "demands.retire_reason": _l("Cause taken out of use"),
    "demands.restore_reason": _l("Cause brought back"),
    "demands.order_reasons": _l("Causes put in another order"),
    "demands.import": _l("Demands taken over from a workbook"),
    "demands.repair": _l("Slipped time limits put right by the clock"),
}
DOMAIN = Domain(
    name="demands",
    pages=(pages.pages, open311.pages),
    api=(api.routes,),
    finders=(DEMANDS, ANSWERS),
    lists=(DEMANDS_LIST,),
    nav=(
        Nav(
            _l("Demands"), "demands.listing", "demand", VIEW, 10, "demands",
            badge=cases.count_mine,
        ),
        Nav(_l("Knowledge"), "demands.knowledge", "note", HANDLE, 60, "demands"),
        Nav(_l("Terms of demands"), "demands.times", "settings", SETTINGS, 86, "settings"),
        Nav(_l("Figures"), "demands.figures_", "figures", VIEW, 12, "demands"),
        Nav(_l("File a demand"), "demands.choose_category", "demand", PUBLIC, 20, face="resident"),
        Nav(_l("My demands"), "demands.own", "person", SIGNED_IN, 40, face="resident"),
        Nav(_l("Answers"), "demands.answers", "help", PUBLIC, 50, face="resident"),
    ),
    permissions=(
        Area(
            "demands",
            _l("Demands"),
            {
                FILE: _l("file"),
                VIEW: _l("see"),
                HANDLE: _l("handle"),
                SUPERVISE: _l("supervise"),
            },
        ),
    ),
    audit={**_ACTS, **_SETTINGS},
    things=_THINGS,
    part=part.PART,
    measures=measures.MEASURES,
    background=(jobs, workbook_jobs, reactions),
)  # fmt: skip
