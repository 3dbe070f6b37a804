"""Shape of a statutory form (表样): cells in a fixed order, the labels around them, and what must add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class FormVersion(StrEnum):
    """Which form a report is on: 国办公开办函〔2021〕30号, or 〔2019〕60号 for the reports of 2019 and 2020."""

    Y2021 = "2021"
    Y2019 = "2019"


class CellKind(StrEnum):
    """What may stand in a cell."""

    COUNT = "count"
    """A whole number, never negative."""
    CHANGE = "change"
    """A whole number with its sign (本年增/减)."""
    MONEY = "money"
    """万元 with decimals outside, 分 inside."""


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One cell to fill. ``sum_of`` names the cells it is computed from; such a cell is locked."""

    key: str
    label: str
    short: str
    kind: CellKind = CellKind.COUNT
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle of the printed table: a label, or a cell by its key. Rows and columns are 0-based."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    cell: str | None = None
    scope: str | None = None
    """For a label: what it heads, as in HTML (row, col, rowgroup, colgroup)."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of the form with its whole printed geometry."""

    slug: str
    part: str
    heading: str
    places: tuple[Place, ...]

    @property
    def row_count(self) -> int:
        return max(place.row + place.row_span for place in self.places)

    @property
    def column_count(self) -> int:
        return max(place.column + place.column_span for place in self.places)

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(place.cell for place in self.places if place.cell is not None)


@dataclass(frozen=True, slots=True)
class Equation:
    """A printed or implied identity: the sum of ``left`` equals the sum of ``right``."""

    rule: str
    where: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        return self.left + self.right


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form. The order of ``cells`` is the order of ``figures bigint[]`` and never changes."""

    version: FormVersion
    title: str
    cells: tuple[CellSpec, ...]
    tables: tuple[TableSpec, ...]
    equations: tuple[Equation, ...]
    outcome_rows: tuple[str, ...]
    """Rows of table 三 one of which every closed case is in."""

    @cached_property
    def by_key(self) -> dict[str, CellSpec]:
        return {cell.key: cell for cell in self.cells}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        return tuple(cell.key for cell in self.cells if not cell.sum_of)

    @cached_property
    def equations_of(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each cell, the equations it stands in: (index, +1 on the left, -1 on the right)."""
        found: dict[str, list[tuple[int, int]]] = {}
        for index, equation in enumerate(self.equations):
            for key in equation.left:
                found.setdefault(key, []).append((index, 1))
            for key in equation.right:
                found.setdefault(key, []).append((index, -1))
        return {key: tuple(each) for key, each in found.items()}

    def names(self, keys: Iterable[str]) -> str:
        """Cells by their official labels, the first few of many."""
        listed = list(keys)
        words = "、".join(f"“{self.by_key[key].label}”" for key in listed[:4])
        return words if len(listed) <= 4 else f"{words}等 {len(listed)} 格"
