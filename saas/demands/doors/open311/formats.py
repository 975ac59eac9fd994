"""The two formats of Open311, made from one value: JSON as it is, XML with an element a name.

XML is only ever written here, never read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

from flask import Response, request

from saas.api.answers import answer

#: What an entry of a list is called; JSON has no word for it, XML needs one.
_ENTRY: Final = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
#: Characters that no XML may hold, not even escaped; a carriage return would be read as another.
_UNFIT: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMATS: Final = ("json", "xml")


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered: in XML under the element ``name``; in JSON the value alone."""

    name: str
    value: Any
    status: int = 200


def written(told: Told) -> Response:
    """``told`` in the format that the address ends with."""
    if request.path.endswith(".xml"):
        response = Response(xml_of(told), told.status, mimetype="text/xml")
        response.headers["Cache-Control"] = "no-store"
        return response
    return answer(told.value, told.status)


def xml_of(told: Told) -> bytes:
    """A whole document in UTF-8, well-formed whatever the texts hold."""
    made: bytes = ElementTree.tostring(
        _element(told.name, told.value), "utf-8", xml_declaration=True
    )
    return made


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, inner) for key, inner in value.items())
    elif isinstance(value, list):
        element.extend(_element(_ENTRY[name], inner) for inner in value)
    else:
        element.text = _text(value)
    return element


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNFIT.sub("\ufffd", str(value))
