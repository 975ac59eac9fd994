"""Every write of the notices. The domains above use `notify`, `done_about` and `announce`."""

from saas.notices.commands.allowing import allow_messages, allow_what_asks, take_back_messages
from saas.notices.commands.bounding import at_most
from saas.notices.commands.calling import (
    ask_call,
    call_missed,
    call_reached,
    show_number,
)
from saas.notices.commands.channels import (
    file_template,
    set_provider,
    set_template,
    switch_off,
    test_channel,
)
from saas.notices.commands.codes import check_code, send_code
from saas.notices.commands.notifying import (
    announce,
    done_about,
    hand_over_calls,
    notify,
    tell_number,
    together,
)
from saas.notices.commands.reading import mark_all_read, mark_read, mark_unread
from saas.notices.commands.ways import (
    add_webhook,
    send_again,
    send_test_mail,
    set_reach,
    set_webhook_active,
    test_webhook,
    try_every_way,
)
