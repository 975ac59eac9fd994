"""Every change to people, posts, sign-ins and tokens."""

from saas.accounts.commands.people import (
    add_person,
    add_post,
    add_with_post,
    change_own_password,
    change_person,
    disable_person,
    enable_person,
    fill_post,
    give_post,
    invite,
    note_sign_in,
    open_post,
    reset_password,
    retire_post,
    set_password,
    set_up_administrator,
    sign_in,
    take_post,
    use_link,
)
from saas.accounts.commands.posts import rename_post
from saas.accounts.commands.tokens import add_token, note_use, revoke_token
