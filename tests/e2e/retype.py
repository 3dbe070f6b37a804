"""What somebody types into an exported workbook: ``python -m tests.e2e.retype IN OUT SHEET ROW HEADING=TEXT …``."""

import sys

from openpyxl import load_workbook


def main(source: str, target: str, sheet: str, row: int, typed: dict[str, str]) -> None:
    """Type into one line, found by its number, and save under another name."""
    book = load_workbook(source)
    page = book[sheet]
    headings = [cell.value for cell in page[2]]
    for heading, text in typed.items():
        page.cell(row, headings.index(heading) + 1).value = text
    book.save(target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), dict(pair.split("=", 1) for pair in sys.argv[5:]))
