"""Every change to people, posts, sign-ins and tokens."""

from saas.accounts.commands.links import (
    Keys,
    invite,
    link_by_code,
    new_keys,
    reset_password,
    short_hash,
    use_link,
    use_opened_link,
)
from saas.accounts.commands.passwords import (
    as_owner,
    change_own_password,
    name_typed,
    note_sign_in,
    set_password,
    sign_in,
)
from saas.accounts.commands.people import (
    add_person,
    add_post,
    add_with_post,
    ask_second_reset,
    change_person,
    disable_person,
    enable_person,
    fill_post,
    forget_second,
    give_post,
    let_try_again,
    open_post,
    reset_second,
    retire_post,
    set_second_rules,
    set_up_administrator,
    take_post,
    wrong_tries,
)
from saas.accounts.commands.posts import rename_post
from saas.accounts.commands.seals import check_seals
from saas.accounts.commands.tokens import add_token, note_use, revoke_token
