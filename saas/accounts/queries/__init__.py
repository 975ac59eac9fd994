"""Every read of people, posts, roles and what was done."""

from saas.accounts.models import ApiToken, Person
from saas.accounts.queries.actors import find_for_sign_in, living_link, load_actor
from saas.accounts.queries.audit import (
    audit_entries,
    audited_actions,
    audited_things,
    named_people,
    named_posts,
    named_tokens,
)
from saas.accounts.queries.people import (
    access_person,
    count_residents,
    demo_entries,
    demo_entries_with_roles,
    find_person,
    is_identity,
    link_open_until,
    list_people,
    manages,
    people_named,
    person_by_login,
    person_by_phone,
    phone_shown,
    resident_by_phone,
    usable_login,
    usable_phone,
)
from saas.accounts.queries.posts import (
    Administrator,
    HeldPost,
    PastPost,
    access_post,
    administrators,
    bare_units,
    count_filled_posts,
    count_posts,
    count_posts_by_role,
    count_vacant,
    holder_ids,
    holders_at,
    holders_beneath,
    homes_at,
    names_of,
    past_posts,
    posts_at,
    posts_of,
    role,
    role_names,
    roles,
    roles_at,
    vacant_posts,
    waiting_staff,
)
from saas.accounts.queries.tokens import (
    Caller,
    TokenRow,
    access_token,
    caller_by_token,
    list_tokens,
    scopes_at,
)
