"""What demands and their settings are called, many at once, for links to them."""

from __future__ import annotations

import sqlalchemy as sa

from saas.demands.case.models import Demand
from saas.demands.figures.models import Report
from saas.demands.knowledge.models import PublicAnswer
from saas.demands.menu.models import Category, Kind, Question, ReasonCode, ReplyTemplate
from saas.kernel.naming import by_id

demands = by_id(sa.select(Demand.id, Demand.code, Demand.code.label("code")))
answers = by_id(
    sa.select(PublicAnswer.id, PublicAnswer.question, PublicAnswer.code.label("answer"))
)
templates = by_id(
    sa.select(ReplyTemplate.id, ReplyTemplate.name, ReplyTemplate.code.label("template"))
)
kinds = by_id(sa.select(Kind.id, Kind.name, Kind.code.label("kind")))
categories = by_id(sa.select(Category.id, Category.name, Category.code.label("category")))
reasons = by_id(sa.select(ReasonCode.id, ReasonCode.name, ReasonCode.code.label("reason")))
questions = by_id(sa.select(Question.id, Question.label, Question.code.label("question")))
reports = by_id(sa.select(Report.id, Report.title, Report.code.label("report")))
