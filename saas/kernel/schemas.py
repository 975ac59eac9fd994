"""Building blocks of marshmallow schemas that several domains use, with translated messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate

from saas.kernel.i18n import lazy_gettext as _l
from saas.kernel.unseen import says_something
from saas.kernel.written import day_written

_MOST_LINES, _LONGEST_LINE = 20, 300

fields.Field.default_error_messages |= {
    "required": _l("Please fill this in."),
    "null": _l("Please fill this in."),
    "validator_failed": _l("This cannot be used."),
}
fields.String.default_error_messages |= {
    "invalid": _l("This is not text."),
    "invalid_utf8": _l("This is not text."),
}
fields.Number.default_error_messages |= {
    "invalid": _l("This is not a number."),
    "too_large": _l("This number is too large."),
}
fields.Float.default_error_messages |= {"special": _l("This is not a number.")}
fields.Decimal.default_error_messages |= {"special": _l("This is not a number.")}
fields.Integer.default_error_messages |= {"invalid": _l("This is not a whole number.")}
fields.Date.default_error_messages |= {"invalid": _l("Write the day like 2026-12-01.")}
fields.Boolean.default_error_messages |= {"invalid": _l("Choose yes or no.")}
fields.List.default_error_messages |= {"invalid": _l("This is not a list.")}
fields.Mapping.default_error_messages |= {"invalid": _l("This is not an object.")}
fields.Nested.default_error_messages |= {"type": _l("This is not an object.")}
fields.DateTime.default_error_messages |= {
    "invalid": _l("This is not a date with time."),
    "invalid_awareness": _l("This is not a date with time."),
}
Schema.error_messages |= {
    "unknown": _l("There is nothing by this name here."),
    "type": _l("This is not an object."),
}
validate.Length.message_min = _l("Shorter than {min} characters.")
validate.Length.message_max = _l("Longer than {max} characters.")
validate.Length.message_all = _l("Between {min} and {max} characters, please.")
validate.Length.message_equal = _l("Exactly {equal} characters, please.")
validate.OneOf.default_message = _l("Choose one of the list.")
validate.Regexp.default_message = _l("This does not have the expected form.")
validate.ContainsOnly.default_message = _l("Choose only what is in the list.")
validate.Equal.default_message = _l("This does not have the expected value.")
validate.Email.default_message = _l("This is no mail address.")
_AT_LEAST, _AT_MOST = _l("At least {min}, please."), _l("At most {max}, please.")
_WITHIN = _l("Between {min} and {max}, please.")


def _out_of_range(bounds: validate.Range, value: Any, message: object) -> str:
    """A range makes its sentence when it is declared, in the language of nobody: made anew here."""
    text = _WITHIN if None not in (bounds.min, bounds.max) else _AT_LEAST
    text = bounds.error or (_AT_MOST if bounds.min is None else text)
    return str(text).format(input=value, min=bounds.min, max=bounds.max)


validate.Range._format_error = _out_of_range  # type: ignore[method-assign,assignment]


class Filled(validate.Length):
    """Something that can be seen, not only blanks."""

    def __call__(self, value: Any) -> Any:
        """``value``; raises `ValidationError` where nothing in it can be seen."""
        return super().__call__(value if says_something(value) else "") and value


def filled(longest: int) -> list[validate.Validator]:
    """With something to see in it, and no longer than ``longest`` characters."""
    return [
        Filled(min=1, error=_l("Please fill this in.")),
        validate.Length(max=longest),
    ]


def faults_in(messages: Any, at: str = "", joint: str = "/") -> Iterator[tuple[str, list[object]]]:
    """marshmallow's nested messages as path and sentences: ``hours/0/opens``."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from faults_in(inner, f"{at}{joint}{name}" if at else str(name), joint)
    else:
        # A sentence that is said in the reader's language comes alone, not as a list of one.
        yield at, messages if isinstance(messages, list) else [messages]


def faults_by_field(error: ValidationError) -> dict[str, list[object]]:
    """All sentences about a field, however deep inside it they are."""
    found: dict[str, list[object]] = {}
    for path, sentences in faults_in(error.normalized_messages()):  # type: ignore[no-untyped-call]
        found.setdefault(path.partition("/")[0], []).extend(sentences)
    return found


def label_in(line: str) -> dict[str, str]:
    """A label as it is typed in one line: Chinese, or Chinese and English with a stroke between."""
    zh, _, en = (part.strip() for part in line.replace("\uff5c", "|").partition("|"))
    return {"zh": zh or en, "en": en} if en else {"zh": zh}


def labels_in(text: str) -> list[dict[str, str]]:
    """A label a line; lines without a word are passed over."""
    found = (label_in(line) for line in text.splitlines())
    return [label for label in found if label["zh"]]


def in_lines(labels: Iterable[Mapping[str, str]]) -> str:
    """Stored labels as the lines of a text box."""
    return "\n".join(
        f"{one.get('zh', '')} | {one['en']}" if one.get("en") else one.get("zh", "")
        for one in labels
    )


class Day(fields.Date):
    """A day as people write it where the browser has no calendar to choose from."""

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> date:
        found = day_written(value) if isinstance(value, str) else None
        if found is None:
            raise self.make_error("invalid", input=value)
        return found


class Lines(fields.Field[list[dict[str, str]]]):
    """One label a line, see `label_in`."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[dict[str, str]]:
        labels, longest = labels_in(str(value)), max(map(len, str(value).splitlines()), default=0)
        if len(labels) > _MOST_LINES or longest > _LONGEST_LINE:
            raise ValidationError([_l("At most 20 lines, each of at most 300 characters.")])
        return labels


class Upload(fields.Field[Any]):
    """A file as the form sent it (it has ``stream``); text under its name is refused."""

    default_error_messages = {"invalid": _l("Choose a file.")}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if value in (None, ""):
            return None
        if not hasattr(value, "stream"):
            raise self.make_error("invalid")
        return value


class Uploads(fields.Field[Any]):
    """Files that came under one name, as a list: one, several, or none."""

    default_error_messages = {"invalid": _l("Choose a file.")}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[Any]:
        files = value if isinstance(value, list) else [value] if value else []
        if not all(hasattr(file, "stream") for file in files):
            raise self.make_error("invalid")
        return files


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
