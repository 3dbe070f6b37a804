"""Table 四 as published: fifteen numbers under their outcomes, and those under (or beside) their kind of case."""

from taizhang.annual_reports.forms.official import CASES, OUTCOMES
from taizhang.annual_reports.reading.labels import Labels
from taizhang.annual_reports.reading.sheets import Harvest, Problem, Sheet, Written
from taizhang.annual_reports.reading.values import is_valuelike
from taizhang.documents.grid import Cell

OUTCOME_LABELS = Labels({label: key for key, label in OUTCOMES} | {"合计": "total"})
CASE_LABELS = Labels({label: key for key, label in CASES} | {"直接起诉": "direct", "经复议后起诉": "after_review"})
FEWEST = 4


def read(sheet: Sheet) -> Harvest:
    """Read what a sheet has of table 四."""
    harvest = Harvest()
    outcomes = _outcomes(sheet)
    if len(outcomes) < FEWEST or len({key for _, key in outcomes.values()}) < FEWEST:
        return harvest
    harvest.rows = len(outcomes)
    foot = max(row for row, _ in outcomes.values())
    columns = {column: key for column, (_, key) in outcomes.items()}
    taken = False
    for row, cells in sheet.rows():
        if row <= foot or not any(is_valuelike(cell.text) for cell in cells):
            continue
        beside = next((case for cell in cells if (case := CASE_LABELS.exactly(cell.text))), None)
        if taken and beside is None:
            break
        if any(not is_valuelike(cell.text) for cell in cells) and beside is None:
            break
        _take(sheet, row, [cell for cell in cells if is_valuelike(cell.text)], columns, foot, beside, harvest)
        taken = True
    if not taken:
        _take(sheet, foot + 1, [], columns, foot, None, harvest)
    return harvest


def _outcomes(sheet: Sheet) -> dict[int, tuple[int, str]]:
    """The lowest outcome name over each column, no further down than the first that lacks one of 尚未审结."""
    known = [(cell, key) for cell in sheet.grid.cells if (key := OUTCOME_LABELS.exactly(cell.text))]
    anchors = [cell.row for cell, key in known if key == "pending"]
    if not anchors:
        return {}
    top, bottom = min(anchors), max(anchors)
    # 总计 and 其他结果 beside, but not those of 表三 in the same grid.
    found: dict[int, tuple[int, str]] = {}
    for cell, key in known:
        if top <= cell.row <= bottom:
            found[cell.column] = max(found.get(cell.column, (-1, "")), (cell.row, key))
    return found


def _cases(sheet: Sheet, columns: dict[int, str], foot: int) -> dict[int, str]:
    """The kind of case over each column: the last name that begins at it or to its left. Where an outcome would stand
    twice under one name the heads are not to be trusted, and none is."""
    heads: dict[int, tuple[int, str]] = {}
    for cell in sheet.grid.cells:
        if cell.row <= foot and (case := CASE_LABELS.exactly(cell.text)):
            heads[cell.column] = max(heads.get(cell.column, (-1, "")), (cell.row, case))
    found: dict[int, str] = {}
    for column in columns:
        before = [start for start in heads if start <= column]
        if before:
            found[column] = heads[max(before)][1]
    named = [(found[column], outcome) for column, outcome in columns.items() if column in found]
    return found if len(named) == len(set(named)) else {}


def _take(
    sheet: Sheet,
    row: int,
    values: list[Cell],
    columns: dict[int, str],
    foot: int,
    beside: str | None,
    harvest: Harvest,
) -> None:
    order, cases = sorted(columns), _cases(sheet, columns, foot)
    if len(values) == len(order):
        at = dict(zip(order, values, strict=True))
    else:
        at = {cell.column: cell for cell in values}
        if not set(at) <= set(columns):
            words = f"表四有 {len(values)} 个数，与 {len(order)} 列对不上"
            harvest.problems.append(Problem("row-misaligned", words, where=sheet.where(row, 0)))
            return
    for column in order:
        case = beside or cases.get(column)
        if case is None:
            words = f"表四“{sheet.grid.text(foot, column)}”不知属于行政复议还是行政诉讼"
            harvest.problems.append(Problem("case-unknown", words, where=sheet.where(foot, column)))
            continue
        cell = at.get(column)
        harvest.written.append(
            Written(f"t4.{case}.{columns[column]}", cell.text if cell else "", sheet.where(row, column))
        )
