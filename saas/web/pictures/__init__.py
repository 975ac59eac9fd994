"""Geometry of the pictures: the plan of centre, platforms and rooms, the ladder, the line of a
walk, the QR code.

Pure arithmetic over words that the caller has already put into the reader's language. The macros
in templates/macros/pictures.html turn the result into SVG and, for the phone, into lists.
"""

from saas.web.pictures.ladder import Ladder, LadderLevel, LadderMove, ladder
from saas.web.pictures.line import LineMap, LineStop, line_map
from saas.web.pictures.plan import Plan, PlanNode, plan
from saas.web.pictures.qr import QrCode, qr_code
