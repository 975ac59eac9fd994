"""The shape of every file of a model package and of a demo district.

``fields`` has the building stones, ``package`` the files of a package, ``demo`` those of a demo
district. A loaded file is made of frozen dataclasses with tuples inside.
"""

from saas.packages.schemas.demands import (
    TEMPLATE_BLANKS,
    TEMPLATE_VERBS,
    Category,
    Deadline,
    DemandKind,
    Demands,
    Guide,
    Reason,
    Template,
    Terms,
    unknown_blanks,
)
from saas.packages.schemas.demo import (
    DEMO_FILES,
    Demo,
    DemoDemand,
    DemoDistrict,
    DemoPerson,
    DemoRoom,
    DemoStep,
    DemoStreet,
    DemoUnit,
    DemoVenue,
)
from saas.packages.schemas.fields import Label, Problem
from saas.packages.schemas.head import Head
from saas.packages.schemas.history import History, PastDemand, PastStep
from saas.packages.schemas.package import (
    PACKAGE_FILES,
    Centre,
    Department,
    Hours,
    Kind,
    Ladder,
    Level,
    Package,
    Platform,
    Role,
    Room,
    Rooms,
    Territory,
    Word,
    Workdays,
)
from saas.packages.schemas.questions import (
    LEAST_CHOICES,
    MOST_CHOICES,
    MOST_QUESTIONS,
    QUESTION_KINDS,
    AnswerChoice,
    Question,
)
from saas.packages.schemas.reports import (
    CLIMBING_MEASURES,
    LADDER_DIVIDED,
    MOST_SECTIONS,
    REPORT_GROUPINGS,
    REPORT_MEASURES,
    REPORT_PERIODS,
    UNDIVIDED,
    Report,
    ReportSection,
)
from saas.packages.schemas.sample import (
    OPTIONAL_FILES,
    Sample,
    SamplePerson,
    SampleRoom,
    SampleUnit,
)

#: Every file that a package may have, by its stem.
ALL_FILES = {**PACKAGE_FILES, **OPTIONAL_FILES}
