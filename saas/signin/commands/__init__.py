"""Every change to passwords, tries and sign-ins."""

from saas.signin.commands.passwords import new_hash
from saas.signin.commands.sessions import begin, end, end_others, note_seen, sweep
from saas.signin.commands.tries import (
    ensure_may_try,
    failed,
    forgive,
    passed,
    words_of_tries,
    wrong_tries,
)
