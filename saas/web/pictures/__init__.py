"""Geometry of the pictures: the plan of centre, platforms and rooms, and the ladder of a demand.

Pure arithmetic over words that the caller has already put into the reader's language. The macros
in templates/macros/pictures.html turn the result into SVG and, for the phone, into lists.
"""

from saas.web.pictures.ladder import Ladder, LadderLevel, LadderMove, ladder
from saas.web.pictures.plan import Plan, PlanNode, plan

__all__ = ["Ladder", "LadderLevel", "LadderMove", "Plan", "PlanNode", "ladder", "plan"]
