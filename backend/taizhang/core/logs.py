"""Logs (运行日志): one JSON object a line on standard output, never bodies, tokens or cookies."""

import logging
import sys

import structlog

# Local variables are left out of tracebacks: they hold tokens, passwords and what people wrote.
_tracebacks = structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))


def configure(*, pretty: bool) -> None:
    """Set up structured logging; ``pretty`` for a person at a terminal, JSON for a collector."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        if pretty
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if pretty else [_tracebacks]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if pretty else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr if pretty else sys.stdout),
        cache_logger_on_first_use=False,
    )
