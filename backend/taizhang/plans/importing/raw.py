"""What is read before any unit is looked up (读出的行): each task as the document writes it, and where."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from taizhang.plans.importing.headers import Column
from taizhang.plans.importing.phrases import Blanket


@dataclass(frozen=True, slots=True)
class RawProblem:
    """Something about the reading that a person should look at; ``column`` is a field of the draft's row."""

    code: str
    message: str
    column: str | None = None


@dataclass(slots=True)
class RawRow:
    """One task as the document writes it, and where.

    ``grid`` is the number of the grid in ``Document.grids`` it was read from (from 0), None where it was read from
    running text. ``places`` holds, for each column, the cells its text came from in order, as (row, column) of the
    cell's top-left corner counted from 1 — ``Cell.row + 1, Cell.column + 1``; in running text (paragraph, 1), the
    paragraph counted from 1 in ``Document.paragraphs``. A cell merged over several tasks is a place of each.
    ``row`` and ``column`` are the place of the content, ``paragraph`` the same for running text.
    ``first_leads``: the heading says that the first unit named leads.
    """

    category: str
    title: str
    content: str
    units: list[tuple[Column, str]] = field(default_factory=list)
    due: str = ""
    subcategory: str | None = None
    sheet: str | None = None
    row: int = 0
    column: int = 0
    paragraph: int | None = None
    grid: int | None = None
    places: dict[Column, list[tuple[int, int]]] = field(default_factory=dict)
    problems: list[RawProblem] = field(default_factory=list)
    first_leads: bool = False

    def remark(self, code: str, message: str, column: str | None = None) -> None:
        """Note a problem, once."""
        problem = RawProblem(code, message, column)
        if problem not in self.problems:
            self.problems.append(problem)

    def apply(self, rule: Blanket) -> None:
        """Add the units of a rule for many rows, and say so."""
        if rule.units is None:
            self.remark("blanket-rule", f"“{shortened(rule.text, 60)}”对这一项也适用，请核对责任单位", "assignees")
            return
        column, words = rule.units
        if not any(words in present for _, present in self.units):
            self.units.append((column, words))
        self.remark("blanket-rule", f"按“{shortened(rule.text, 60)}”加上了“{words}”，请核对", "assignees")


@dataclass(slots=True)
class Reading:
    """Every task of a document, and what is to be said about the document as a whole."""

    rows: list[RawRow] = field(default_factory=list)
    problems: list[RawProblem] = field(default_factory=list)

    def remark(self, code: str, message: str, column: str | None = None) -> None:
        """Note a problem of the whole document, once."""
        problem = RawProblem(code, message, column)
        if problem not in self.problems:
            self.problems.append(problem)


def shortened(text: str, limit: int = 40) -> str:
    """A text to quote in a message."""
    line = text.replace("\n", " ")
    return line if len(line) <= limit else f"{line[:limit]}…"


def listed(texts: Iterable[str], limit: int = 12) -> str:
    """Some texts to name in a message: “甲”“乙”."""
    quoted = [f"“{shortened(text, 20)}”" for text in dict.fromkeys(texts)]
    return "".join(quoted[:limit]) + ("等" if len(quoted) > limit else "")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text and its place: a paragraph's number and 1, or a cell's row and column, from 1."""

    text: str
    row: int
    column: int
    grid: int | None

    @property
    def place(self) -> tuple[int, int]:
        return (self.row, self.column)
