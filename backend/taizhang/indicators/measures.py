"""What an indicator counts (指标的取数), as SQL over the registers: one row a counted entry.

Facts are columns ``entry_id, unit_id, subject, num, den, worst, day``. Rows of one subject count once (two
interpretations of one document are one document): the largest ``num``, ``den`` and ``worst`` among them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col

from taizhang.registers.models import EntryState, RegisterEntry

MEDIA_DAYS = 14
NEWS_DAYS = 14
POLICY_MONTHS = 6

Clause = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Span:
    """The year counted, as it stood on a day: what came later is not seen."""

    year: int
    as_of: date

    @property
    def starts_on(self) -> date:
        return date(self.year, 1, 1)

    @property
    def ends_on(self) -> date:
        return min(date(self.year, 12, 31), self.as_of)


Measure = Callable[[Span], Sequence[Select[Any]]]

_opened, _due = col(RegisterEntry.opened_on), col(RegisterEntry.due_on)


def _text(name: str) -> ColumnElement[Any]:
    found: ColumnElement[Any] = col(RegisterEntry.data)[name].astext
    return found


def _day(name: str) -> ColumnElement[Any]:
    return cast(_text(name), Date)


def _number(name: str) -> ColumnElement[Any]:
    return cast(func.coalesce(_text(name), "0"), Integer)


def _true(name: str) -> Clause:
    return func.coalesce(_text(name), "false") == "true"


def _within(day: Any, span: Span) -> Clause:
    clause: Clause = day.between(span.starts_on, span.ends_on)
    return clause


def _closed(span: Span) -> ColumnElement[Any]:
    """The day it was done, if that was before the day asked for."""
    day = col(RegisterEntry.closed_on)
    return case((day <= span.ends_on, day), else_=null())


def _facts(
    slug: str,
    span: Span,
    *where: Any,
    num: Any = 1,
    den: Any = 1,
    worst: Any = None,
    day: Any = None,
    subject: Any = None,
) -> Select[Any]:
    entry = col(RegisterEntry.id)
    as_int = [literal(value, Integer()) if isinstance(value, int) else cast(value, Integer) for value in (num, den)]
    columns: list[Any] = [
        entry.label("entry_id"),
        col(RegisterEntry.unit_id).label("unit_id"),
        col(RegisterEntry.unit_path).label("unit_path"),
        (cast(entry, Text) if subject is None else cast(subject, Text)).label("subject"),
        as_int[0].label("num"),
        as_int[1].label("den"),
        cast(null() if worst is None else worst, Integer).label("worst"),
        cast(_opened if day is None else day, Date).label("day"),
    ]
    return select(*columns).where(
        col(RegisterEntry.slug) == slug,
        col(RegisterEntry.state) != EntryState.VOIDED,
        _opened <= span.ends_on,
        *where,
    )


def _latest(facts: Select[Any], *by: Any) -> Select[Any]:
    """Only the last entry of each (unit and ``by``)."""
    keys = (col(RegisterEntry.unit_id), *by)
    return facts.ext(distinct_on(*keys)).order_by(*keys, _opened.desc(), col(RegisterEntry.id).desc())


def _flag(clause: Any) -> ColumnElement[int]:
    return case((func.coalesce(clause, literal(False)), 1), else_=0)


# -- done within the term


def _in_time(slug: str, *where: Any) -> Measure:
    """Entries that were due in the year, or done in it: how many of them in time."""

    def measure(span: Span) -> Sequence[Select[Any]]:
        closed = _closed(span)
        by_hour = col(RegisterEntry.done_at) <= col(RegisterEntry.due_at)
        met = case((col(RegisterEntry.due_at).is_not(None), by_hour), else_=closed <= func.coalesce(_due, closed))
        counts = or_(_within(closed, span), and_(closed.is_(None), _due >= span.starts_on, _due < span.ends_on))
        return [_facts(slug, span, counts, *where, num=_flag(and_(closed.is_not(None), met)), day=closed)]

    return measure


# -- interpretations


def _document(no: Any, title: Any) -> ColumnElement[Any]:
    """A document's number, or its title without marks: what two registers know it by."""
    bare = func.regexp_replace(title, "[《》〈〉\\s]", "", "g")
    return func.coalesce(func.nullif(func.regexp_replace(no, "\\s", "", "g"), ""), bare)


def _diversity(span: Span) -> Sequence[Select[Any]]:
    forms = col(RegisterEntry.data)["forms"]
    diverse = and_(_closed(span).is_not(None), forms != func.jsonb_build_array("text"))
    interpreted = _facts(
        "interpretations",
        span,
        _within(_opened, span),
        _true("for_government"),
        num=_flag(diverse),
        subject=_document(_text("document_no"), _text("document_title")),
    )
    documents = _facts(
        "normative-documents",
        span,
        _within(_opened, span),
        _text("issuer").in_(("government", "office")),
        num=0,
        subject=_document(col(RegisterEntry.ref_no), col(RegisterEntry.title)),
    )
    return [interpreted, documents]


def _lag(span: Span) -> Sequence[Select[Any]]:
    late = func.greatest(func.coalesce(_closed(span), literal(span.ends_on, Date())).op("-")(_opened), 0)
    met = and_(_closed(span).is_not(None), late == 0)
    return [_facts("interpretations", span, _within(_opened, span), num=_flag(met), worst=late)]


# -- documents, catalogue, columns


def _searchable(span: Span) -> Sequence[Select[Any]]:
    ended = _day("ended_on")
    in_force = and_(_text("effect").in_(("in_force", "amended")), or_(ended.is_(None), ended > span.ends_on))
    found = _day("searchable_on")
    seen = case((found <= span.ends_on, found), else_=null())
    return [_facts("normative-documents", span, in_force, num=_flag(seen.is_not(None)), day=seen)]


def _catalogue(span: Span) -> Sequence[Select[Any]]:
    facts = _facts("catalogue-checks", span, _within(_opened, span), num=_number("covered"), den=_number("matters"))
    return [_latest(facts, _text("field"))]


def _accessible(span: Span) -> Sequence[Select[Any]]:
    facts = _facts(
        "column-checks",
        span,
        _within(_opened, span),
        _text("sort") == "accessibility",
        num=_number("passed"),
        den=_number("sites"),
    )
    return [_latest(facts, _text("column"))]


def _checked(span: Span, *where: Any, num: Any, worst: Any = None) -> Sequence[Select[Any]]:
    facts = _facts("column-checks", span, _within(_opened, span), *where, num=num, worst=worst)
    return [_latest(facts, _text("column"))]


def _stale(span: Span) -> Sequence[Select[Any]]:
    updated, sort = _day("last_updated_on"), _text("sort")
    news = and_(sort == "news", updated < _opened - NEWS_DAYS)
    months = cast(_opened.op("-")(func.make_interval(0, POLICY_MONTHS)), Date)
    return _checked(span, sort.in_(("news", "policy")), num=_flag(or_(news, and_(sort == "policy", updated < months))))


def _blank(span: Span) -> Sequence[Select[Any]]:
    return _checked(span, _text("sort") != "accessibility", num=_flag(_true("blank")))


def _home(span: Span) -> Sequence[Select[Any]]:
    idle = _opened.op("-")(_day("last_updated_on"))
    where = (_text("sort") == "home", _day("last_updated_on").is_not(None))
    return _checked(span, *where, num=_flag(idle <= NEWS_DAYS), worst=idle)


# -- counted


def _times(slug: str, sort: str) -> Measure:
    return lambda span: [_facts(slug, span, _within(_opened, span), _text("sort") == sort)]


def _gazettes(span: Span) -> Sequence[Select[Any]]:
    return [_facts("gazettes", span, _within(_opened, span), num=_number("placed"), den=_number("venues"))]


# -- accounts, messages


def _in_use(span: Span) -> Clause:
    return _closed(span).is_(None)


def _idle(span: Span) -> Sequence[Select[Any]]:
    posted = _day("last_posted_on")
    known = or_(posted.is_(None), posted <= span.ends_on)  # a later post hides what the last one before it was
    idle = literal(span.ends_on, Date()).op("-")(func.coalesce(posted, _opened))
    return [_facts("media-accounts", span, _in_use(span), known, num=_flag(idle <= MEDIA_DAYS), worst=idle)]


def _unapproved(span: Span) -> Sequence[Select[Any]]:
    return [_facts("media-accounts", span, _in_use(span), num=_flag(_day("approved_on") > _opened))]


def _unanswered(span: Span) -> Sequence[Select[Any]]:
    return [_facts("public-concerns", span, num=_flag(and_(_in_use(span), _due < span.ends_on)))]


# -- disputes


def _disputes(span: Span) -> Sequence[Select[Any]]:
    begun = [_facts(slug, span, _within(_opened, span), den=0) for slug in ("reviews", "lawsuits")]
    closed = _closed(span)
    return [*begun, _facts("applications", span, _within(closed, span), num=0, day=closed)]


def _corrected(span: Span) -> Sequence[Select[Any]]:
    closed = _closed(span)
    won = _flag(col(RegisterEntry.outcome) == "corrected")
    return [_facts(slug, span, _within(closed, span), num=won, day=closed) for slug in ("reviews", "lawsuits")]


MEASURES: dict[str, Measure] = {
    "interpretation-diversity": _diversity,
    "interpretation-lag": _lag,
    "adoption-published": _in_time("consultations"),
    "documents-searchable": _searchable,
    "documents-in-time": _in_time("normative-documents"),
    "catalogue-coverage": _catalogue,
    "standard-spot-checks": _times("secrecy-inspections", "standard"),
    "accessibility": _accessible,
    "trainings": _times("trainings", "special"),
    "secrecy-inspections": _times("secrecy-inspections", "secrecy"),
    "answered-in-time": _in_time("applications"),
    "dispute-rate": _disputes,
    "corrected-rate": _corrected,
    "proposals-in-time": _in_time("proposals", _text("extent") != "none"),
    "media-idle": _idle,
    "media-unapproved": _unapproved,
    "columns-stale": _stale,
    "columns-blank": _blank,
    "home-idle": _home,
    "concerns-unanswered": _unanswered,
    "opinion-in-time": _in_time("public-opinion"),
    "gazette-coverage": _gazettes,
}


@lru_cache(maxsize=256)
def facts(key: str, span: Span) -> Any:
    """The facts of an indicator as a subquery; kept, because to put one together takes longer than to ask it."""
    parts = [select(part.subquery()) for part in MEASURES[key](span)]
    return (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("fact")
