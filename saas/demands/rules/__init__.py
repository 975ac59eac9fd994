"""Pure decisions about demands: what may be done, by whom, when, and what time is left."""

from saas.casework.clock import Clock, paused, resumed, started, stopped
from saas.casework.table import Cell
from saas.demands.package.reports import REPORT_PERIODS as PERIODS
from saas.demands.package.shapes import (
    LEAST_CHOICES,
    MOST_CHOICES,
    MOST_QUESTIONS,
    QUESTION_KINDS,
)
from saas.demands.rules.clock import Hours, light
from saas.demands.rules.filing import (
    AFTER,
    BEFORE,
    FILE_LIMIT,
    FILE_WINDOW,
    NOTED,
    alike,
    pairs,
)
from saas.demands.rules.intake import (
    CODE_LENGTH,
    LEAST_NOTICE,
    LIKELY_SAME,
    MAY_BE_SAME,
    TRACK_LIMIT,
    TRACK_WINDOW,
    TRACK_WRONG_LIMIT,
    code_readings,
    grouped,
    sameness,
    slots_of,
)
from saas.demands.rules.knowledge import filled, likeness, still_to_fill
from saas.demands.rules.personal import BLOT, personal_data, without_personal_data
from saas.demands.rules.questions import LONGEST_ANSWER, YES_NO, answered
from saas.demands.rules.states import (
    BESIDE,
    CHANNELS,
    DONE,
    LIVING,
    RUNNING,
    STATES,
    TABLE,
    VERBS,
    Facts,
    Windows,
    cells_of,
    obstacle,
    open_verbs,
)
