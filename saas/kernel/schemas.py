"""Building blocks of marshmallow schemas that several domains use, with translated messages."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from saas.kernel.i18n import lazy_gettext as _l

fields.Field.default_error_messages |= {
    "required": _l("Please fill this in."),
    "null": _l("Please fill this in."),
    "validator_failed": _l("This cannot be used."),
}
fields.String.default_error_messages |= {"invalid": _l("This is not text.")}
fields.Integer.default_error_messages |= {"invalid": _l("This is not a whole number.")}
fields.Date.default_error_messages |= {"invalid": _l("This is not a date.")}
fields.Boolean.default_error_messages |= {"invalid": _l("Choose yes or no.")}
fields.List.default_error_messages |= {"invalid": _l("This is not a list.")}
fields.Mapping.default_error_messages |= {"invalid": _l("This is not an object.")}
fields.Nested.default_error_messages |= {"type": _l("This is not an object.")}
fields.DateTime.default_error_messages |= {"invalid": _l("This is not a date with time.")}
Schema.error_messages |= {
    "unknown": _l("There is nothing by this name here."),
    "type": _l("This is not an object."),
}
validate.Length.message_min = _l("Shorter than {min} characters.")
validate.Length.message_max = _l("Longer than {max} characters.")
validate.Length.message_all = _l("Between {min} and {max} characters, please.")
validate.OneOf.default_message = _l("Choose one of the list.")
validate.Regexp.default_message = _l("This does not have the expected form.")


def filled(longest: int) -> list[validate.Validator]:
    """Not empty, and no longer than ``longest`` characters."""
    return [
        validate.Length(min=1, error=_l("Please fill this in.")),
        validate.Length(max=longest),
    ]


class Upload(fields.Field[Any]):
    """A file as the form sent it (it has ``stream``); text under its name is refused."""

    default_error_messages = {"invalid": _l("Choose a file.")}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if value in (None, ""):
            return None
        if not hasattr(value, "stream"):
            raise self.make_error("invalid")
        return value


class LabelOut(fields.Dict):
    """A label as it is stored: ``{"zh": ..., "en": ...}``; the API gives every language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(keys=fields.String(), values=fields.String(), **options)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value


def pull_label(data: dict[str, Any], key: str) -> None:
    """Turn ``key_zh`` and ``key_en`` into the label ``key``, empty languages left out."""
    pair = {"zh": data.pop(f"{key}_zh", ""), "en": data.pop(f"{key}_en", "")}
    data[key] = {language: text for language, text in pair.items() if text}


def push_label(values: dict[str, Any], key: str, label: dict[str, str] | None) -> None:
    """The other way: the two form fields of a stored label."""
    values[f"{key}_zh"] = (label or {}).get("zh", "")
    values[f"{key}_en"] = (label or {}).get("en", "")


class LabelFields(Schema):
    """A name typed in two fields, ``name_zh`` (needed) and ``name_en``; loads as ``name``."""

    name_zh = fields.String(required=True, validate=filled(60))
    name_en = fields.String(load_default="", validate=validate.Length(max=100))

    @post_load
    def _join(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pull_label(data, "name")
        return data


class Reason(Schema):
    """An act that needs a sentence."""

    reason = fields.String(required=True, validate=filled(500))
