"""Every read of the notices: inboxes, deliveries, channels, calls."""

from saas.notices.queries.calls import (
    CALL_LISTS,
    CallTask,
    access_call,
    any_calls,
    calls_about,
    calls_within,
    count_calls,
    in_call_list,
    is_late,
)
from saas.notices.queries.channels import (
    PROVIDER_START,
    allowance,
    arrived_states,
    can_text,
    house_line,
    line_of,
    live_channels,
    provider,
    reached_at,
    site,
    spent,
    start_template,
    template,
)
from saas.notices.queries.deliveries import (
    DELIVERY_LISTS,
    Sent,
    Trial,
    access_delivery,
    access_webhook,
    anybody_listens,
    deliveries,
    last_calls,
    last_trial,
    named_deliveries,
    named_webhooks,
    sent_of,
    ways_out,
    webhooks,
)
from saas.notices.queries.inbox import (
    BELL_LIMIT,
    LISTS,
    access_notice,
    inbox,
    reach_of,
    unread_count,
)
