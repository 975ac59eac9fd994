"""Goods that were brought to a demo's fund, and what became of them, by the commands of people."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from saas.goods import commands
from saas.goods.commands import Brought
from saas.kernel import clock
from saas.showcase.campaigns import Office, on
from saas.showcase.package.funds import DemoFunds, DemoGoods


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
    for out in one.out:
        with on(today - timedelta(days=out.days)):
            commands.give_out(goods, quantity=out.quantity, words_=out.words, heads=out.heads,
                              heads_as=out.heads_as, actor=office.writes)  # fmt: skip
    for loss in one.off:
        with on(today - timedelta(days=loss.days)):
            asked = commands.ask_off(goods, quantity=loss.quantity, why=loss.why,
                                     words_=loss.words, actor=office.writes)  # fmt: skip
            if loss.confirmed:
                commands.answer(asked, goods, confirm=True, actor=office.checks)
