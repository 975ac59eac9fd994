"""Cases: things with a state that people and the clock move on by acts, which stay written down.

A few functions and declarations that a domain calls in its own order: its `act` is written in its
own commands and can be read there from top to bottom. What happens in which state is its table,
what a verb is called and whom it concerns is one row; both are values.
"""

from saas.casework.acting import CLOCK, allowed, append, ensure_another, ensure_seen, not_given
from saas.casework.alarms import (
    due,
    due_ids,
    lock_due,
    ring_all,
    ring_out,
    set_alarm,
    set_alarms_ahead,
    slipped,
)
from saas.casework.clock import Clock, Working, paused, resumed, started, stopped
from saas.casework.forms import ActForm, form_of, grouped
from saas.casework.models import ActColumns, CaseColumns, ClockColumns
from saas.casework.quiet import is_quiet, quietly
from saas.casework.story import Told, line_of
from saas.casework.table import Cell, Table, beside, everywhere, obstacle, open_verbs, verbs_of
from saas.casework.verbs import Verb
from saas.casework.words import NOT_NOW, lasting, overtaken, time_left
