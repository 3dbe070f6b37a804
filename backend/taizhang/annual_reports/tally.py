"""Tally (台账计数): which cells of the report one register entry is counted in. Pure.

The window is the calendar year. A case stands in one column for good: in 本年新收 or 上年结转 by the day it was
received (条例第三十一条), and in one result or in 结转下年度 by the day it was closed, so table 三 balances by itself.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from taizhang.annual_reports.forms import Form
from taizhang.annual_reports.forms.figures import FEN_PER_WAN
from taizhang.annual_reports.forms.official import CARRIED_IN, CARRIED_OUT, RECEIVED

APPLICATIONS, REVIEWS, LAWSUITS = "applications", "reviews", "lawsuits"
DOCUMENTS, DECISIONS = "normative-documents", "enforcement-decisions"
FEEDING = (APPLICATIONS, REVIEWS, LAWSUITS, DOCUMENTS, DECISIONS)
OF_GOVERNMENT = frozenset({"government", "office"})
"""Names in which a document is the government's, whichever unit keeps it: its office counts it."""
ENDED = frozenset({"repealed", "lapsed"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A register entry as the tally sees it. ``received_on`` is 收到申请之日, not yet known while unconfirmed."""

    slug: str
    opened_on: date
    received_on: date | None = None
    closed_on: date | None = None
    outcome: str | None = None
    party: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    id: uuid.UUID | None = None
    own: bool = True
    """Kept by the unit whose report this is, rather than by another of the same government."""


@dataclass(frozen=True, slots=True)
class Window:
    """The year counted, and whether the unit is its government's office (documents in the government's name)."""

    year: int
    office: bool = False

    @property
    def start(self) -> date:
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        return date(self.year, 12, 31)

    def has(self, day: date | None) -> bool:
        return day is not None and day.year == self.year


def contributions(entry: Entry, window: Window) -> dict[str, int]:
    """The cells an entry is counted in, and by how much (money in 分)."""
    return _RULES[entry.slug](entry, window)


def _application(entry: Entry, window: Window) -> dict[str, int]:
    received = entry.received_on
    if received is None or received > window.end or (entry.closed_on and entry.closed_on < window.start):
        return {}
    closed = entry.closed_on is not None and entry.closed_on <= window.end
    rows = (RECEIVED if received >= window.start else CARRIED_IN, entry.outcome if closed else CARRIED_OUT)
    return {f"t3.{row}.{entry.party}": 1 for row in rows}


def _dispute(kind: str, entry: Entry, window: Window) -> dict[str, int]:
    if entry.opened_on > window.end or (entry.closed_on and entry.closed_on < window.start):
        return {}
    closed = entry.closed_on is not None and entry.closed_on <= window.end
    return {f"t4.{kind}.{entry.outcome if closed else 'pending'}": 1}


def _document(entry: Entry, window: Window) -> dict[str, int]:
    """Counted by the organ in whose name it is issued, once; joint ones by the lead, which keeps them."""
    of_government = entry.data.get("issuer") in OF_GOVERNMENT
    if (of_government and not window.office) or (not of_government and not entry.own):
        return {}
    text = entry.data.get("ended_on")
    ended_on = date.fromisoformat(text) if text else None
    effect = entry.data.get("effect")
    found = {"t2.documents.issued": 1} if window.has(entry.opened_on) else {}
    if effect == "repealed" and window.has(ended_on):
        found["t2.documents.repealed"] = 1
    over = ended_on <= window.end if ended_on else effect in ENDED
    if entry.opened_on <= window.end and not over:
        found["t2.documents.in_force"] = 1
    return found


def _decisions(entry: Entry, window: Window) -> dict[str, int]:
    """Counts of a period, in the year the period ends in."""
    if not window.has(entry.opened_on):
        return {}
    found = {f"t2.{name}.decisions": int(entry.data.get(name) or 0) for name in ("licensing", "penalties", "coercion")}
    found["t2.fees.amount"] = int(Decimal(str(entry.data.get("fees") or 0)) * FEN_PER_WAN)
    return found


_RULES: dict[str, Callable[[Entry, Window], dict[str, int]]] = {
    APPLICATIONS: _application,
    REVIEWS: lambda entry, window: _dispute("review", entry, window),
    LAWSUITS: lambda entry, window: _dispute(entry.data.get("way") or "direct", entry, window),
    DOCUMENTS: _document,
    DECISIONS: _decisions,
}
_PREFIXES: dict[str, tuple[str, ...]] = {
    APPLICATIONS: ("t3.",),
    REVIEWS: ("t4.review.",),
    LAWSUITS: ("t4.direct.", "t4.after_review."),
    DOCUMENTS: ("t2.documents.",),
    DECISIONS: ("t2.licensing.", "t2.penalties.", "t2.coercion.", "t2.fees."),
}


def feeds(cell: str) -> str | None:
    """The register a cell is counted from."""
    return next((slug for slug, prefixes in _PREFIXES.items() if cell.startswith(prefixes)), None)


def tally(form: Form, entries: Iterable[Entry], window: Window, kept: Collection[str]) -> dict[str, int | None]:
    """The cells of the form that registers can tell. A register the unit keeps gives zeros where it has nothing;
    one it does not keep leaves its cells blank: nobody said there was nothing."""
    prefixes = tuple(prefix for slug in kept for prefix in _PREFIXES[slug])
    figures: dict[str, int | None] = {key: 0 if key.startswith(prefixes) else None for key in form.leaves}
    for entry in entries:
        for cell, amount in contributions(entry, window).items():
            if cell in figures:
                figures[cell] = (figures[cell] or 0) + amount
    return figures
