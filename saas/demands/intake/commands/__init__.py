"""Filing a demand, by whatever way it comes."""

from saas.demands.intake.commands.answers import Answers
from saas.demands.intake.commands.entering import enter_demand
from saas.demands.intake.commands.filing import Intake, file_demand
