"""Blocks (一事一段): text in which each line is a heading with its words, 任务名称：… 责任单位：…, a task a block."""

from collections.abc import Sequence

from taizhang.plans.importing.headers import UNIT_COLUMNS, Column
from taizhang.plans.importing.headings import Headings, as_category
from taizhang.plans.importing.numbering import level, title_of, without_number
from taizhang.plans.importing.phrases import unlabelled
from taizhang.plans.importing.raw import Line, RawRow, Reading, shortened

_UNREAD = (Column.STATUS, Column.PEOPLE, Column.NOTE)


def read_blocks(lines: Sequence[Line], reading: Reading) -> list[RawRow]:
    """The tasks of text written in blocks; none if it is not."""
    pairs = [(line, *unlabelled(line.text)) for line in lines]
    named = [column for _, column, _ in pairs]
    if Column.TITLE not in named or not set(named) & set(UNIT_COLUMNS):
        return []
    headings = Headings()
    rows: list[RawRow] = []
    block: dict[Column, list[tuple[Line, str]]] = {}
    last: Column | None = None
    for line, column, words in [*pairs, (None, Column.TITLE, "")]:
        if column in block and column is not last or line is None:
            _close_block(block, headings, rows, reading)
            block, last = {}, None
        if line is None:
            break
        if column is not None:
            block.setdefault(column, []).append((line, words))
            last = column
        elif level(line.text) is not None and not (set(line.text) & set("。；;")):
            _close_block(block, headings, rows, reading)
            block, last = {}, None
            headings.enter(line.text)
        elif last is not None:
            block[last].append((line, line.text))
    return rows


def _close_block(
    block: dict[Column, list[tuple[Line, str]]], headings: Headings, rows: list[RawRow], reading: Reading
) -> None:
    if not block:
        return
    for column in _UNREAD:
        if column in block:
            reading.remark("column-not-read", f"没有读入：{shortened(block[column][0][0].text)}")
    if not set(block) & {Column.TITLE, Column.CONTENT}:
        return
    headings.is_fresh = False

    def text(column: Column) -> str:
        return "\n".join(words for _, words in block.get(column, []))

    category, subcategory = as_category([*headings.levels(), text(Column.CATEGORY)])
    title, content = without_number(text(Column.TITLE).replace("\n", "")), text(Column.CONTENT) or text(Column.TITLE)
    first = (block.get(Column.CONTENT) or block[Column.TITLE])[0][0]
    rows.append(
        RawRow(
            category=category,
            subcategory=subcategory,
            title=title or title_of(content),
            content=content,
            units=[(column, text(column)) for column in UNIT_COLUMNS if column in block],
            due=text(Column.DUE),
            row=first.row,
            column=first.column,
            paragraph=first.row if first.grid is None else None,
            grid=first.grid,
            places={column: [line.place for line, _ in found] for column, found in block.items()},
        )
    )
