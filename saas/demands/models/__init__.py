"""Tables of demands: what can be asked, what was asked, who has it, what was learnt."""

from saas.demands.models.demand import Custody, Demand, Follower, Helper
from saas.demands.models.imports import Import
from saas.demands.models.knowledge import PublicAnswer, ReplyTemplate
from saas.demands.models.menu import Category, Deadline, Guide, Kind, ReasonCode, Terms
from saas.demands.models.questions import Detail, Question
from saas.demands.models.reports import Report
