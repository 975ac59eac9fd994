"""What notices say of themselves."""

from __future__ import annotations

from saas.kernel.domain import Domain, Nav, Setting, Thing, linked
from saas.kernel.i18n import lazy_gettext as _l
from saas.notices import commands, jobs, pages, queries
from saas.notices.cards import CARDS
from saas.notices.permissions import SETTINGS

DOMAIN = Domain(
    name="notices",
    cards=CARDS,
    restored=commands.switch_off,
    pages=(pages.pages,),
    nav=(Nav(_l("Messages and webhooks"), "notices.deliveries", "send", SETTINGS, 85, "settings"),),
    settings=(
        Setting(
            _l("Channels"),
            "notices.channels",
            _l("Text messages and official account"),
            "people",
            30,
        ),
        Setting(
            _l("Webhooks"), "notices.webhooks", _l("Other systems that are told"), "people", 40
        ),
    ),
    audit={
        "notices.try_every_way": _l("Test notice sent"),
        "notices.set_reach": _l("Settings of notices changed"),
        "notices.add_webhook": _l("Webhook added"),
        "notices.pause_webhook": _l("Webhook paused"),
        "notices.resume_webhook": _l("Webhook called again"),
        "notices.test_webhook": _l("Webhook tried out"),
        "notices.send_again": _l("Delivery sent again"),
        "notices.allow_messages": _l("Messages of the official account allowed"),
        "notices.take_back_messages": _l("Messages of the official account no longer allowed"),
        "notices.call_reached": _l("Resident reached by telephone"),
        "notices.call_missed": _l("Resident called in vain"),
        "notices.show_number": _l("Number to call looked at"),
        "notices.set_provider": _l("Provider of a channel set"),
        "notices.set_template": _l("Message template changed"),
        "notices.file_template": _l("Message template: filing noted"),
        "notices.test_channel": _l("Channel tried out"),
    },
    things={
        "webhook": Thing(
            _l("Webhook"),
            linked(queries.named_webhooks, "notices.webhook", SETTINGS),
            ("notices.webhooks", SETTINGS),
        ),
        "channel": Thing(_l("Channel"), page=("notices.channels", SETTINGS)),
        "template": Thing(_l("Message template"), page=("notices.channels", SETTINGS)),
        "delivery": Thing(
            _l("Delivery"),
            linked(queries.named_deliveries, "notices.delivery", SETTINGS),
            ("notices.deliveries", SETTINGS),
        ),
    },
    background=(jobs,),
    usage={"sms": queries.sms_this_month},
)
