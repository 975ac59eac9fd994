"""Every write of demands: filing, acting, joint handling, the clock, knowledge and settings."""

from saas.casework import CLOCK, quietly
from saas.demands.commands.acting import act, take_over_queue
from saas.demands.commands.booking import book
from saas.demands.commands.clockwork import BATCH, catch_up, due_ids, repair, ring, ring_for
from saas.demands.commands.deed import Deed, deed_from
from saas.demands.commands.entering import enter_demand
from saas.demands.commands.filing import Intake, file_demand
from saas.demands.commands.importing import (
    count_fresh,
    drop_import,
    forget_imports,
    import_portion,
    keep_import,
    start_import,
    stop_import,
    submission_of,
)
from saas.demands.commands.joint import follow, unfollow
from saas.demands.commands.knowledge import (
    ANSWERABLE,
    TEMPLATES,
    add_template,
    change_answer,
    change_template,
    propose_answer,
    publish_answer,
    restore_template,
    retire_template,
    shift_template,
    withdraw_answer,
    write_answer,
)
from saas.demands.commands.menu import (
    CATEGORIES,
    KINDS,
    REASONS,
    add_category,
    add_reason,
    change_category,
    change_kind,
    change_reason,
    restore_category,
    restore_reason,
    retire_category,
    retire_reason,
    set_guide,
    shift_category,
    shift_reason,
)
from saas.demands.commands.questions import (
    QUESTIONS,
    Answers,
    add_question,
    change_question,
    restore_question,
    retire_question,
    shift_question,
)
from saas.demands.commands.reports import (
    View,
    add_report,
    add_section,
    change_report,
    restore_report,
    retire_report,
    shift_report,
)
from saas.demands.commands.terms import (
    Span,
    drop_times,
    set_terms,
    set_times,
)
