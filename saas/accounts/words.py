"""Permissions, deeds and things in words, for pages that show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from saas.kernel.i18n import gettext as _
from saas.kernel.i18n import lazy_gettext as _l

#: What a role may do: the first part of a permission's name is a column, the rest a word in it.
PERMISSION: Final = {
    "territory": {
        "territory:unit:view": _l("see"),
        "territory:unit:edit": _l("change"),
    },
    "accounts": {
        "accounts:person:view": _l("see"),
        "accounts:person:manage": _l("manage"),
    },
    "rooms": {
        "rooms:room:view": _l("see"),
        "rooms:room:configure": _l("set up"),
        "rooms:room:keep": _l("keep"),
    },
    "demands": {
        "demands:demand:file": _l("file"),
        "demands:demand:view": _l("see"),
        "demands:demand:handle": _l("handle"),
        "demands:demand:supervise": _l("supervise"),
    },
    "district": {
        "district:settings:edit": _l("change settings"),
        "district:audit:view": _l("see the audit list"),
    },
}
#: What those columns are called.
AREA: Final = {
    "territory": _l("Units"),
    "accounts": _l("People and posts"),
    "rooms": _l("Function rooms"),
    "demands": _l("Demands"),
    "district": _l("District"),
}


def allowed(permissions: Sequence[str]) -> dict[str, list[str]]:
    """What these permissions allow, in words, by area; one without a word shows its own name."""
    found: dict[str, list[str]] = {area: [] for area in PERMISSION}
    for name in permissions:
        area = name.partition(":")[0]
        word = PERMISSION.get(area, {}).get(name)
        found.setdefault(area, []).append(str(word) if word is not None else name)
    return found


def said(permission: str) -> str:
    """A permission in a few words: "Units: see"; one without a word shows its own name."""
    area = permission.partition(":")[0]
    word = PERMISSION.get(area, {}).get(permission)
    return f"{AREA[area]}{_(': ')}{word}" if word is not None else permission


#: Kinds of things that entries of the audit list are about.
THING: Final = {
    "unit": _l("Unit"),
    "person": _l("Person"),
    "post": _l("Post"),
    "token": _l("API token"),
    "package": _l("Model package"),
    "setup": _l("Setting up"),
    "centre": _l("Support centre"),
    "platform": _l("Platform"),
    "room": _l("Function room"),
    "venue": _l("Venue"),
    "demand": _l("Demand"),
    "calendar": _l("Working days"),
    "webhook": _l("Webhook"),
    "delivery": _l("Delivery"),
    "reply_template": _l("Reply template"),
    "public_answer": _l("Public answer"),
    "demand_terms": _l("Terms of demands"),
    "demand_category": _l("Category"),
    "demand_kind": _l("Kind of asking"),
    "demand_reason": _l("Cause"),
    "demand_question": _l("Question"),
    "demand_report": _l("Report"),
    "district": _l("District"),
    "setup_step": _l("Step of setting up"),
    "checklist": _l("Checklist"),
    "gap": _l("Accepted gap"),
}

#: What was done to them.
DEED: Final = {
    "onboarding.mark_step": _l("Step of setting up settled"),
    "onboarding.run_checks": _l("Checklist run"),
    "onboarding.accept_gap": _l("Gap accepted"),
    "onboarding.revoke_gap": _l("Acceptance revoked"),
    "onboarding.go_live": _l("District went live"),
    "onboarding.ask_pause": _l("Operator asked to suspend the district"),
    "notices.try_every_way": _l("Test notice sent"),
    "territory.add": _l("Unit added"),
    "territory.rename": _l("Unit renamed"),
    "territory.move": _l("Unit moved"),
    "territory.merge": _l("Unit merged into another"),
    "territory.retire": _l("Unit taken out of use"),
    "territory.restore": _l("Unit brought back"),
    "accounts.add_person": _l("Person added"),
    "accounts.change_person": _l("Person changed"),
    "accounts.disable_person": _l("Person shut out"),
    "accounts.enable_person": _l("Person let in again"),
    "accounts.add_post": _l("Post created"),
    "accounts.rename_post": _l("Post renamed"),
    "accounts.retire_post": _l("Post retired"),
    "accounts.give_post": _l("Post given"),
    "accounts.take_post": _l("Post taken"),
    "accounts.invitation": _l("Invitation made out"),
    "accounts.reset": _l("New password made possible"),
    "accounts.set_password": _l("Password set"),
    "accounts.add_token": _l("API token made"),
    "accounts.revoke_token": _l("API token revoked"),
    "packages.install": _l("Model package installed"),
    "onboarding.import": _l("Workbook taken over"),
    "onboarding.divisions": _l("Official division list taken over"),
    "themes.begin": _l("Draft of the culture begun"),
    "themes.change": _l("Draft of the culture changed"),
    "themes.draw": _l("Drawing put into the culture"),
    "themes.reset_drawing": _l("Drawing of the culture brought back"),
    "themes.empty_slot": _l("Drawing taken out of the culture"),
    "themes.set_frames": _l("Frames of seals chosen"),
    "themes.discard": _l("Draft of the culture discarded"),
    "themes.publish": _l("Edition of the culture made"),
    "themes.take_in": _l("Edition of the culture imported"),
    "themes.apply": _l("Culture put on show"),
    "workdays.week": _l("Hours of the week changed"),
    "workdays.day": _l("Day off or working day set"),
    "workdays.clear": _l("Change of a day taken back"),
    "workdays.publish": _l("Published holidays taken over"),
    "workdays.complete": _l("Holidays of a year entered by hand"),
    "workdays.reopen": _l("Year opened again"),
    "rooms.set_up": _l("Rooms of a street set up"),
    "rooms.change_centre": _l("Support centre changed"),
    "rooms.add_platform": _l("Platform added"),
    "rooms.change_platform": _l("Platform changed"),
    "rooms.remove_platform": _l("Platform removed"),
    "rooms.add": _l("Room added"),
    "rooms.change": _l("Room changed"),
    "rooms.move": _l("Room moved to another platform"),
    "rooms.order": _l("Rooms put in another order"),
    "rooms.set_keeper": _l("Keeper of a room set"),
    "rooms.set_photo": _l("Photo of a room set"),
    "rooms.set_status": _l("Room opened, paused or retired"),
    "rooms.add_venue": _l("Venue added"),
    "rooms.follow": _l("Streets followed the library of rooms"),
    "rooms.grid": _l("Rooms changed in the table"),
    "rooms.copy": _l("Copied from another street"),
    "rooms.take_up": _l("Rooms taken up from the library"),
    "rooms.undo": _l("Change of many rooms taken back"),
    "rooms.answer": _l("Street answered the library of rooms"),
    "rooms.settings": _l("Settings of a street changed"),
    "rooms.change_centre_template": _l("Centre in the library changed"),
    "rooms.add_platform_template": _l("Platform added to the library"),
    "rooms.change_platform_template": _l("Platform in the library changed"),
    "rooms.add_room_template": _l("Room added to the library"),
    "rooms.change_room_template": _l("Room in the library changed"),
    "rooms.retire_template": _l("Retired in the library of rooms"),
    "rooms.restore_template": _l("Brought back in the library of rooms"),
    "rooms.order_templates": _l("Library of rooms put in another order"),
    "demands.add_template": _l("Reply template added"),
    "demands.change_template": _l("Reply template changed"),
    "demands.retire_template": _l("Reply template taken out of use"),
    "demands.restore_template": _l("Reply template brought back"),
    "demands.order_templates": _l("Reply templates put in another order"),
    "demands.propose_answer": _l("Public answer drafted from a demand"),
    "demands.write_answer": _l("Public answer drafted"),
    "demands.change_answer": _l("Public answer changed"),
    "demands.publish_answer": _l("Public answer published"),
    "demands.withdraw_answer": _l("Public answer withdrawn"),
    "demands.set_times": _l("Time limits set"),
    "demands.drop_times": _l("Time limits of a category given up"),
    "demands.set_terms": _l("Terms of demands set"),
    "demands.add_category": _l("Category added"),
    "demands.change_category": _l("Category changed"),
    "demands.retire_category": _l("Category taken out of use"),
    "demands.restore_category": _l("Category brought back"),
    "demands.order_categories": _l("Categories put in another order"),
    "demands.set_guide": _l("Guide of a category set"),
    "demands.change_kind": _l("Kind of asking changed"),
    "demands.add_question": _l("Question added"),
    "demands.change_question": _l("Question changed"),
    "demands.retire_question": _l("Question asked no more"),
    "demands.restore_question": _l("Question asked again"),
    "demands.order_questions": _l("Questions put in another order"),
    "demands.add_report": _l("Report added"),
    "demands.change_report": _l("Report changed"),
    "demands.retire_report": _l("Report taken out of use"),
    "demands.restore_report": _l("Report brought back"),
    "demands.order_reports": _l("Reports put in another order"),
    "demands.add_reason": _l("Cause added"),
    "demands.change_reason": _l("Cause changed"),
    "demands.retire_reason": _l("Cause taken out of use"),
    "demands.restore_reason": _l("Cause brought back"),
    "demands.order_reasons": _l("Causes put in another order"),
    "demands.file": _l("Demand filed"),
    "demands.accept": _l("Demand accepted"),
    "demands.resolve": _l("Demand resolved"),
    "demands.pass_up": _l("Demand passed up"),
    "demands.return_down": _l("Demand returned"),
    "demands.end": _l("Demand ended"),
    "demands.withdraw": _l("Demand withdrawn"),
    "demands.merge": _l("Demand taken over by another unit"),
    "notices.set_reach": _l("Settings of notices changed"),
    "notices.add_webhook": _l("Webhook added"),
    "notices.pause_webhook": _l("Webhook paused"),
    "notices.resume_webhook": _l("Webhook called again"),
    "notices.test_webhook": _l("Webhook tried out"),
    "notices.send_again": _l("Delivery sent again"),
}
