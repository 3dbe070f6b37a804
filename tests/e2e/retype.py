"""What somebody types into an exported workbook: ``python -m tests.e2e.retype BOOK SHEET ROW HEADING=TEXT …``."""

import sys

from openpyxl import load_workbook


def main(path: str, sheet: str, row: int, typed: dict[str, str]) -> None:
    """Type into one line, found by its number, and save."""
    book = load_workbook(path)
    page = book[sheet]
    headings = [cell.value for cell in page[2]]
    for heading, text in typed.items():
        page.cell(row, headings.index(heading) + 1).value = text
    book.save(path)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), dict(pair.split("=", 1) for pair in sys.argv[4:]))
