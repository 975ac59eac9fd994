"""Log lines are JSON with district and request id, and never hold what somebody typed."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

from saas.kernel.context import current_scope

#: Without the values of local variables: those may be personal.
_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def _with_scope(
    logger: Any, name: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    scope = current_scope()
    line["scope"] = scope.key if scope else None
    return line


#: What an error's sentence quotes: a rule's name may stay, what somebody typed may not.
_QUOTED = re.compile(r"'[^']*'|(?<!constraint )(?<!relation )(?<!column )\"[^\"]*\"")
#: A telephone, an identity card.
_NUMBERS = re.compile(r"\d{7,}")


def _without_quotes(
    logger: Any, name: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Only the first line of an error's sentence (the server's details hold a row's values), and
    without what it quotes.
    """
    for error in line.get("exception") or ():
        first = str(error["exc_value"]).partition("\n")[0]
        error["exc_value"] = _NUMBERS.sub("…", _QUOTED.sub("'…'", first))
    return line


def configure(level: int = logging.INFO) -> None:
    """Send everything, ours and the libraries', to standard error as one JSON object a line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _with_scope,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _TRACEBACKS,
                _without_quotes,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
