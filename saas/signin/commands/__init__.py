"""Every change to passwords, tries, sign-ins and second factors."""

from saas.signin.commands.factors import (
    add_app,
    add_passkey,
    ensure_may_prove,
    forget_all,
    new_secret,
    new_spares,
    note_ways,
    prove_by_code,
    prove_by_passkey,
    remove,
    set_rules,
)
from saas.signin.commands.passwords import new_hash
from saas.signin.commands.sessions import (
    begin,
    end,
    end_others,
    forget_proof,
    note_proof,
    note_seen,
    sweep,
)
from saas.signin.commands.tries import (
    ensure_may_try,
    failed,
    forgive,
    passed,
    words_of_tries,
    wrong_tries,
)
