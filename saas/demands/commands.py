"""What other domains do with demands."""

from saas.casework import CLOCK, quietly
from saas.demands.case.commands import Deed, act, catch_up, follow, ring
from saas.demands.guides.commands import remind
from saas.demands.intake.commands import Intake, file_demand
from saas.demands.knowledge.commands import publish_answer, write_answer
from saas.demands.menu.rules import Hours
from saas.demands.settings.commands import set_times
