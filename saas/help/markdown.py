"""Markdown of a help text as HTML: headings with anchors, links to other texts, and no HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

#: A link names another text, and perhaps a heading in it.
LINK = re.compile(r"(?P<code>[a-z][a-z0-9-]*)(?P<anchor>#[\w-]+)?")
_READER = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "autolink", "html_block", "html_inline"]
)
#: So that no heading of a text in the side panel meets a name on the page beneath.
_ANCHOR = "help-"
_KINDS = {
    "heading_open": "heading", "bullet_list_open": "item", "ordered_list_open": "number",
}  # fmt: skip
Target = Callable[[str], str | None]


def as_html(body: str, target: Target) -> Markup:
    """The text to be shown. ``target`` gives the address of another text by its code, or None for
    one that is not for this reader: its words stay, the link goes.
    """
    tokens = _READER.parse(body)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[place + 1].content))
        if token.children:
            token.children = list(_linked(token.children, target))
    # What comes out was made from tokens alone: raw HTML of a text was escaped by the reader.
    return Markup(_READER.renderer.render(tokens, _READER.options, {}))  # noqa: S704


def anchor(heading: str) -> str:
    """The name under which a heading is linked to: its words, in any language."""
    return _ANCHOR + "-".join(re.findall(r"\w+", heading.casefold()))


def links(body: str) -> list[str]:
    """Every address that a text links to, as it is written."""
    return [str(token.attrGet("href")) for token in _inline(body) if token.type == "link_open"]


def words_in_bold(body: str) -> list[str]:
    """What stands in bold: the words that the reader finds on the page."""
    tokens = list(_inline(body))
    return [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "strong_open"
    ]


def blocks(body: str) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The text for paper, block by block: ``heading``, ``item``, ``number`` (of a list) or ``p``,
    with its words in runs that are bold or not. Links are their words.
    """
    found: list[tuple[str, list[tuple[str, bool]]]] = []
    kinds = ["p"]
    for token in _READER.parse(body):
        if token.type in _KINDS:
            kinds.append(_KINDS[token.type])
        elif token.type.replace("_close", "_open") in _KINDS:
            kinds.pop()
        elif token.type == "inline":
            found.append((kinds[-1], list(_runs(token.children or []))))
    return found


def _runs(tokens: list[Token]) -> Iterator[tuple[str, bool]]:
    bold = False
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            bold = token.type == "strong_open"
        elif token.content or token.type == "softbreak":
            yield token.content or " ", bold


def _inline(body: str) -> Iterator[Token]:
    for token in _READER.parse(body):
        yield from token.children or ()


def _linked(tokens: list[Token], target: Target) -> Iterator[Token]:
    shown: list[bool] = []
    for token in tokens:
        stays = True
        if token.type == "link_open":
            shown.append(stays := _lead(token, target))
        elif token.type == "link_close":
            stays = shown.pop()
        if stays:
            yield token


def _lead(link: Token, target: Target) -> bool:
    """Turn a link to a text into its address; False if it leads nowhere for this reader."""
    named = LINK.fullmatch(unquote(str(link.attrGet("href"))))
    address = target(named["code"]) if named else None
    if named is None or address is None:
        return False
    link.attrSet("href", address + (named["anchor"] or ""))
    return True
