"""Goods that were brought to a demo's fund, and what became of them, by the commands of people."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from saas.goods import commands
from saas.goods.commands import Brought
from saas.goods.models import Goods
from saas.kernel import clock
from saas.showcase.campaigns import Office, on
from saas.showcase.package.funds import DemoFunds, DemoGoods, DemoLoss, DemoOut


def bring(demo: DemoFunds, office: Office) -> None:
    """Every gift of goods in the order of its days, given by the samples that give money."""
    for nth, one in enumerate(demo.goods):
        _bring(one, demo.donors[nth % len(demo.donors)], office)


def _bring(one: DemoGoods, giver: str, office: Office) -> None:
    today = clock.today()
    with on(today - timedelta(days=one.days)):
        goods = commands.receive(office.root, Brought(
            what=one.what, kind=one.kind, quantity=one.quantity, unit=one.unit,
            condition=one.condition, source=one.source, place=one.place, purpose=one.purpose,
            shown_as=one.shown_as, name="" if one.shown_as == "anonymous" else giver,
            worth=Decimal(one.yuan) if one.yuan else None, sample=True,
            best_before=None if one.lasts is None else today + timedelta(days=one.lasts),
        ), actor=office.writes)  # fmt: skip
    steps: list[DemoOut | DemoLoss] = [*one.out, *one.off]
    for step in sorted(steps, key=lambda step: -step.days):
        with on(today - timedelta(days=step.days)):
            _step(goods, step, office)


def _step(goods: Goods, step: DemoOut | DemoLoss, office: Office) -> None:
    if isinstance(step, DemoOut):
        commands.give_out(goods, quantity=step.quantity, words_=step.words, heads=step.heads,
                          heads_as=step.heads_as, actor=office.writes)  # fmt: skip
        return
    asked = commands.ask_off(goods, quantity=step.quantity, why=step.why, words_=step.words,
                             actor=office.writes)  # fmt: skip
    if step.confirmed:
        commands.answer(asked, goods, confirm=True, actor=office.checks)
