"""However something is written, it is found: the same folding in Python and in the database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from saas.kernel.context import entering
from saas.kernel.db import session
from saas.kernel.folding import folded, folded_sql, has_words, parts_of
from tests.support import District

#: What is stored, and what somebody types who looks for it.
_PAIRS = [
    ("桂苑1号院", "桂苑１号院"),
    ("桂苑1号院", "桂苑 1号院"),
    ("赖雪梅", "赖　雪梅"),
    ("张　三", "张三"),
    ("红苕地社区", "红苕地 社区"),
    ("红苕地社区", "社区 红苕地"),
    ("李\u200b四", "李四"),
    ("李四", "\ufeff李\u200d四\u2060"),
    ("王\u202e五\u202c", "王五"),
    ("王五", "王\u00ad五"),
    ("Garden Court No. 1", "garden  court"),
    ("Garden Court No. 1", "ＧＡＲＤＥＮ　ｃｏｕｒｔ"),
    ("Zhang San", "san zhang"),
    ("ｶﾞｰﾃﾞﾝ", "ガーデン"),
    ("Café Émile", "cafe\u0301 émile"),
    ("①号楼", "1号楼"),
    ("50%_off\\", "%_off\\"),
    ("垃圾桶（北门）", "垃圾桶(北门)"),
    ("1\u00a0号", "1号"),
    ("☎️ 热线", "☎热线"),
]
_OTHERS = [("桂苑1号院", "桂苑2号院"), ("赖雪梅", "赖 雪 兰"), ("abc", "%"), ("abc", "a_c")]


def _finds(stored: str, typed: str) -> bool:
    return bool(session.scalar(sa.select(has_words(typed, sa.literal(stored)))))


@pytest.mark.parametrize(("stored", "typed"), _PAIRS)
def test_a_thing_is_found_however_it_is_written(alpha: District, stored: str, typed: str) -> None:
    with alpha.work():
        assert _finds(stored, typed)
    assert all(part in folded(stored) for part in parts_of(typed))


@pytest.mark.parametrize(("stored", "typed"), _OTHERS)
def test_another_thing_is_not_found(alpha: District, stored: str, typed: str) -> None:
    with alpha.work():
        assert not _finds(stored, typed)


def test_words_may_stand_in_different_texts_but_not_across_two(alpha: District) -> None:
    with alpha.work():
        texts = sa.literal("桂苑"), sa.literal(None, sa.Text()), sa.literal("Court 1")
        for typed, found in (("court 桂苑", True), ("苑c", False), ("", True), ("\u200b", True)):
            assert session.scalar(sa.select(has_words(typed, *texts))) is found


#: One small letter for a capital, wherever it stands: others are no two servers' matter of course.
_TYPED = st.one_of(
    st.characters(
        exclude_categories=["Cs", "Cn", "Co", "Lu", "Lt"], max_codepoint=0xFFFF, min_codepoint=1
    ),
    st.sampled_from("ＡＢｚ１　，。（）、：“”—·ﾊﾟ①㎡ABCXYZ\u200b\ufeff\u3000\u00a0红苕地社区院"),
)


@pytest.mark.usefixtures("_districts")
@settings(max_examples=40)
@given(texts=st.lists(st.text(_TYPED, max_size=12), min_size=20, max_size=20))
def test_the_database_folds_as_python_does(app: Flask, texts: list[str]) -> None:
    with app.app_context(), entering(app.extensions["saas"].hub):
        found = session.execute(sa.select(*(folded_sql(sa.literal(text)) for text in texts))).one()
    assert list(found) == [folded(text) for text in texts]
