"""What a worksheet's XML says beside its values (工作表): extent, hidden rows and columns, formulas, errors, dates."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.etree

from taizhang.documents.limits import MAXIMUM_COLUMNS, MAXIMUM_ROWS, too_long, too_wide
from taizhang.documents.package import Element, Package, attribute, child, name_of
from taizhang.documents.unreadable import Unreadable

_REFERENCE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
# Formats 27, 36, 50 and 57 show year and month alone in a Chinese Excel (ECMA-376 18.8.30).
_MONTHLY_BUILTIN = {"17", "27", "36", "50", "57"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(slots=True)
class SheetFacts:
    """Rows and columns counted from 0. ``monthly``: a date shown without its day."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unvalued: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    monthly: set[tuple[int, int]] = field(default_factory=set)


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    main = next((name for name in package.related("").values() if name.endswith("workbook.xml")), "xl/workbook.xml")
    related = package.related(main)
    root = package.xml(main)
    sheets = child(root, "sheets") if root is not None else None
    return {
        attribute(sheet, "name") or "": related.get(sheet.get(key) or "", "")
        for sheet in (sheets if sheets is not None else ())
        for key in sheet.attrib
        if str(key).endswith("}id")
    }


def monthly_styles(package: Package) -> frozenset[str]:
    """The cell styles that show a date's year and month alone, such as 2023年9月."""
    root = package.xml("xl/styles.xml")
    formats = {
        attribute(entry, "numFmtId") or "": attribute(entry, "formatCode") or "" for entry in _children(root, "numFmts")
    }
    return frozenset(
        str(number)
        for number, style in enumerate(_children(root, "cellXfs"))
        if _is_monthly(attribute(style, "numFmtId") or "", formats)
    )


def _children(root: Element | None, name: str) -> Iterator[Element]:
    found = child(root, name)
    yield from found if found is not None else ()


def _is_monthly(number: str, formats: dict[str, str]) -> bool:
    if number not in formats:
        return number in _MONTHLY_BUILTIN
    letters = _QUOTED.sub("", formats[number]).lower()
    return "y" in letters and "m" in letters and "d" not in letters and "h" not in letters


def read_facts(package: Package, part: str, name: str, monthly: frozenset[str]) -> SheetFacts:
    """Walk a sheet once without keeping it.

    Raises:
        Unreadable: ``document-too-long``, ``-too-wide`` where a value stands too far out, ``-damaged``.
    """
    facts = SheetFacts()
    data = package.part(part) or b"<worksheet/>"
    walk = _Walk(facts, f"工作表“{name}”", monthly)
    try:
        for _, element in lxml.etree.iterparse(
            io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False
        ):
            walk.end(element)
    except lxml.etree.XMLSyntaxError as error:
        raise Unreadable("document-damaged", "文件内容无法解析，可能已损坏，请重新保存后再导入") from error
    return facts


def _forget(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


@dataclass(slots=True)
class _Walk:
    facts: SheetFacts
    where: str
    monthly: frozenset[str]
    row: int = 0
    column: int = -1

    def end(self, element: Element) -> None:
        name = name_of(element)
        if name == "c":
            self._cell(element)
            element.clear()
        elif name == "row":
            self._row(element)
            _forget(element)
        elif name == "col" and attribute(element, "hidden") in ("1", "true"):
            first, last = (int(attribute(element, side) or 1) for side in ("min", "max"))
            self.facts.hidden_columns.update(range(first - 1, min(last, MAXIMUM_COLUMNS)))

    def _cell(self, element: Element) -> None:
        row, column = self._place(element)
        value = child(element, "v")
        has_value = (value is not None and bool(value.text)) or child(element, "is") is not None
        if child(element, "f") is not None and not has_value and attribute(element, "t") != "str":
            self.facts.unvalued.append((row, column))
        elif attribute(element, "t") == "e" and value is not None:
            self.facts.errors.append((row, column, value.text or ""))
        if not has_value:
            return
        if row >= MAXIMUM_ROWS:
            raise too_long(self.where)
        if column >= MAXIMUM_COLUMNS:
            raise too_wide(self.where)
        if attribute(element, "s") in self.monthly:
            self.facts.monthly.add((row, column))

    def _place(self, element: Element) -> tuple[int, int]:
        """Where a cell stands; cells without a reference follow the one before."""
        found = _REFERENCE.match(attribute(element, "r") or "")
        if found is None:
            self.column += 1
            return self.row, self.column
        self.column = 0
        for letter in found[1]:
            self.column = self.column * 26 + ord(letter) - 64
        self.column -= 1
        self.row = int(found[2]) - 1
        return self.row, self.column

    def _row(self, element: Element) -> None:
        number = attribute(element, "r")
        row = int(number) - 1 if number and number.isdigit() else self.row
        if attribute(element, "hidden") in ("1", "true") and row < MAXIMUM_ROWS:
            self.facts.hidden_rows.add(row)
        self.row, self.column = row + 1, -1
