"""Sources of imports (导入原文): the document beside its draft, each table with its merges and addresses."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session

from taizhang.documents.grid import Cell, Document, Grid
from taizhang.plans.import_schemas import PlanImportSourcePublic, SourceGrid
from taizhang.plans.importing.draft import DraftRow
from taizhang.plans.models import PlanImport, PlanImportSource

MAXIMUM_CELLS = 60_000
"""Above this only the rows that tasks were read from are kept, with those above the first."""


def kept(document: Document, rows: Sequence[DraftRow]) -> dict[str, Any]:
    """A document as kept beside its draft."""
    read: dict[int, set[int]] = {}
    for row in rows:
        if row.source.grid is not None:
            own = read.setdefault(row.source.grid, set())
            own.add(row.source.row)
            own.update(place[0] for places in row.source.places.values() for place in places)
    total = sum(len(grid.cells) for grid in document.grids)
    grids = [
        _grid(grid, None if total <= MAXIMUM_CELLS else read.get(number, set()))
        for number, grid in enumerate(document.grids)
    ]
    return {"grids": grids}


def _grid(grid: Grid, only: Collection[int] | None) -> dict[str, Any]:
    first = min(only, default=0) if only is not None else 0

    def shown(cell: Cell) -> bool:
        return only is None or cell.row + 1 in only or first - 3 <= cell.row + 1 < first

    cells = [cell for cell in grid.cells if shown(cell)]
    return {
        "name": grid.name,
        "row_count": grid.row_count,
        "column_count": grid.column_count,
        "hidden_rows": sorted(row + 1 for row in grid.hidden_rows),
        "hidden_columns": sorted(column + 1 for column in grid.hidden_columns),
        "after": grid.after,
        "truncated": len(cells) < len(grid.cells),
        "cells": [
            {
                "row": cell.row + 1,
                "column": cell.column + 1,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "text": cell.text,
            }
            for cell in cells
        ],
    }


def of(session: Session, draft_import: PlanImport) -> PlanImportSourcePublic:
    """The source of an import; of one read before sources were kept, its paragraphs alone."""
    found = session.get(PlanImportSource, draft_import.id)
    return PlanImportSourcePublic(
        format=draft_import.format,
        paragraphs=draft_import.draft["source_paragraphs"],
        grids=[SourceGrid.model_validate(grid) for grid in found.document["grids"]] if found else [],
    )


def grids(session: Session, draft_import: PlanImport) -> list[Grid]:
    """The tables of an import's source, as they were read."""
    return [
        Grid(
            tuple(
                Cell(cell.text, cell.row - 1, cell.column - 1, cell.row_span, cell.column_span) for cell in grid.cells
            ),
            name=grid.name,
            width=grid.column_count,
        )
        for grid in of(session, draft_import).grids
    ]
