"""The lost phone and the shared office computer, in a district where nobody is a sample person."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from tests.journeys.conftest import DESK, PHONE, ROOT, Product, Walk
from tests.journeys.steps import SECRET

HOME = "/d/signing"


def _saas(product: Product, *words: str) -> str:
    """A command of the operator's shell."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("SAAS_")}
    env |= {"SAAS_DATA_DIR": str(product.folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "saas", *words]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _sign_in(walk: Walk, password: str = SECRET) -> None:
    walk.go(f"{HOME}/sign-in")
    walk.page.fill("#f-login", "lin")
    walk.page.fill("#f-password", password)
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")


def test_the_lost_phone_and_the_shared_office_computer(walk: Any, product: Product) -> None:
    made = _saas(product, "tenant", "create", "signing", "签到区", "--street", "井边街道",
                 "--administrator", "林静", "--login", "lin", "--live")  # fmt: skip
    link = made.split("invitation: ")[1].split()[0]
    office: Walk = walk(DESK)
    for _ in range(60):  # the worker brings it up
        if (answer := office.page.goto(product.url + link)) is not None and answer.ok:
            break
        office.page.wait_for_timeout(1000)
    office.page.fill("#f-password", SECRET)
    with office.page.expect_navigation():
        office.page.keyboard.press("Enter")
    office.go(f"{HOME}/account/second")
    office.look("ways")
    office.press("没有智能手机：打印验证码")
    office.look("codes")
    codes = office.page.locator(".spares__list code").all_inner_texts()
    office.press("已收好，继续")

    # Somebody tries her name from the telephone that was found; she gets in with a printed code.
    phone: Walk = walk(PHONE)
    for _ in range(4):
        _sign_in(phone, "wrong password")
    assert phone.page.get_by_text("登录名和密码").count() or phone.page.get_by_text("请").count()
    office.go(f"{HOME}/me")
    office.page.locator("main form[action$='/sign-out'] button").click()
    _sign_in(office)
    office.look("second")
    office.page.fill("#f-code", codes[0])
    office.press("验证并继续")
    assert office.page.get_by_text("输错了").count() == 1

    # The paper is gone too, and there is no second administrator: the shell helps.
    _saas(product, "user", "forget-second", "lin", "--district", "signing")
    office.go(f"{HOME}/work")
    _sign_in(office)
    assert office.page.url.endswith("/sign-in/set-up")
    office.press("没有智能手机：打印验证码")
    office.press("已收好，继续")

    # At a desk that others use: signed out means out, for a copied cookie too.
    office.go(f"{HOME}/account/sign-ins")
    office.look("sign-ins")
    copied = office.page.context.cookies()
    office.go(f"{HOME}/me")
    office.page.locator("main form[action$='/sign-out'] button").click()
    office.page.wait_for_url(f"**{HOME}/")
    phone.page.context.clear_cookies()
    phone.page.context.add_cookies(copied)
    phone.page.goto(f"{product.url}{HOME}/me")
    assert "/sign-in" in phone.page.url
