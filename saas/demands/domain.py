"""What demands say of themselves."""

from __future__ import annotations

import sqlalchemy as sa

from saas.catalogue.audited import actions_of, thing_of
from saas.demands import pages
from saas.demands.case import jobs, reactions, words
from saas.demands.case import queries as cases
from saas.demands.case.cards import CARDS
from saas.demands.case.lists import CALLS_LIST, DEMANDS_LIST
from saas.demands.case.models import Demand
from saas.demands.case.permissions import FILE, HANDLE, SETTINGS, SUPERVISE, VIEW
from saas.demands.doors import api, open311
from saas.demands.doors.workbook import jobs as workbook_jobs
from saas.demands.figures import measures
from saas.demands.figures.commands import REPORTS
from saas.demands.finders import ANSWERS, DEMANDS
from saas.demands.guides import jobs as guide_jobs
from saas.demands.knowledge.models import PublicAnswer
from saas.demands.package import part
from saas.demands.settings.commands import CATEGORIES, KINDS, QUESTIONS, REASONS, TEMPLATES
from saas.kernel.domain import Area, Domain, Nav, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.naming import by_id
from saas.notices import queries as notices
from saas.web.pages import PUBLIC, SIGNED_IN

_CASES = by_id(sa.select(Demand.id, Demand.code, Demand.code.label("code")))
_CALLS = by_id(
    sa.select(cases.CallTask.id, Demand.code, cases.CallTask.id.label("call_id")).join(
        Demand,
        cases.CallTask.about == sa.literal("demand:").concat(sa.cast(Demand.id, sa.String)),
    )
)
_ANSWERS = by_id(
    sa.select(PublicAnswer.id, PublicAnswer.question, PublicAnswer.code.label("answer"))
)
_THINGS = {
    "demand": Thing(_l("Demand"), linked(_CASES, "demands.show", VIEW), ("demands.listing", VIEW)),
    "import": Thing(
        _l("Demands from a workbook"),
        page=("demands.import_workbook", VIEW),
        opens=lambda actor: bool(actor.reach(FILE)),
    ),
    "public_answer": Thing(
        _l("Public answer"),
        linked(_ANSWERS, "demands.edit_answer", HANDLE),
        ("demands.knowledge", HANDLE),
    ),
    "call": Thing(
        _l("Call to make"),
        linked(_CALLS, "demands.call", HANDLE),
        ("demands.calls", HANDLE),
    ),
    "demand_terms": Thing(_l("Terms of demands"), page=("demands.terms", SETTINGS)),
    "demand_report": thing_of(REPORTS, VIEW, "demands.reports", opens="demands.show_report"),
    "demand_question": thing_of(QUESTIONS, SETTINGS, "demands.categories"),
    **{
        rows.thing: thing_of(rows, SETTINGS, f"demands.{rows.several}")
        for rows in (CATEGORIES, KINDS, REASONS, TEMPLATES)
    },
}
#: What is done with a demand: the words of its story, with what it was done to.
_ACTS = {f"demands.{verb}": _l("Demand: %(did)s", did=did) for verb, did in words.DONE.items()}
_OTHERS = {
    "demands.propose_answer": _l("Public answer drafted from a demand"),
    "demands.write_answer": _l("Public answer drafted"),
    "demands.change_answer": _l("Public answer changed"),
    "demands.publish_answer": _l("Public answer published"),
    "demands.withdraw_answer": _l("Public answer withdrawn"),
    "demands.set_times": _l("Time limits set"),
    "demands.drop_times": _l("Time limits of a category given up"),
    "demands.set_terms": _l("Terms of demands set"),
    "demands.set_guide": _l("Guide of a category set"),
    "demands.see_phone": _l("Phone number behind a demand looked up"),
    "demands.import": _l("Demands taken over from a workbook"),
    "demands.take_slip": _l("Demand filed without an account taken into one"),
    "demands.repair": _l("Slipped time limits put right by the clock"),
}
_LISTS = (CATEGORIES, KINDS, QUESTIONS, REASONS, TEMPLATES, REPORTS)
DOMAIN = Domain(
    name="demands",
    pages=(pages.pages, open311.pages),
    api=(api.routes,),
    finders=(DEMANDS, ANSWERS),
    lists=(DEMANDS_LIST, CALLS_LIST),
    cards=CARDS,
    nav=(
        Nav(
            _l("Demands"), "demands.listing", "demand", VIEW, 10, "demands",
            badge=cases.count_mine,
        ),
        Nav(
            _l("Calls to make"), "demands.calls", "phone", HANDLE, 11, "demands",
            badge=cases.count_calls, shown=notices.any_calls,
        ),
        Nav(_l("Knowledge"), "demands.knowledge", "note", HANDLE, 60, "demands"),
        Nav(_l("Terms of demands"), "demands.times", "settings", SETTINGS, 86, "settings"),
        Nav(_l("Figures"), "demands.figures_", "figures", VIEW, 12, "demands"),
        Nav(_l("Reports"), "demands.reports", "print", VIEW, 13, "demands"),
        Nav(_l("File a demand"), "demands.choose_category", "demand", PUBLIC, 20, face="resident"),
        Nav(_l("My demands"), "demands.own", "person", SIGNED_IN, 40, face="resident"),
        Nav(_l("Answers"), "demands.answers", "help", PUBLIC, 50, face="resident"),
    ),
    settings=(
        Setting(_l("Time limits"), "demands.times", _l("To accept and to resolve, by level"),
                "demands", 10),
        Setting(_l("Reply templates"), "demands.templates", _l("Texts to begin an answer with"),
                "demands", 30),
    ),
    permissions=(
        Area(
            "demands",
            _l("Demands"),
            {FILE: _l("file"), VIEW: _l("see"), HANDLE: _l("handle"), SUPERVISE: _l("supervise")},
            frozenset({SUPERVISE}),
        ),
    ),
    audit={**_ACTS, **_OTHERS, **actions_of(*_LISTS)},
    things=_THINGS,
    part=part.PART,
    measures=measures.MEASURES,
    counted=_l("What residents ask for"),
    background=(jobs, guide_jobs, workbook_jobs, reactions),
    usage={"demands": cases.count_all},
)  # fmt: skip
