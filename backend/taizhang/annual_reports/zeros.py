"""Zero declarations (本单位无此项业务): for which groups of cells a unit may say so. Pure."""

from functools import lru_cache
from typing import NamedTuple

from taizhang.annual_reports.forms import Form
from taizhang.annual_reports.forms.official import CASES


class Group(NamedTuple):
    """Cells one declaration speaks of."""

    key: str
    label: str
    cells: tuple[str, ...]


@lru_cache(maxsize=4)
def groups(form: Form) -> dict[str, Group]:
    """A whole table, a row of 表二, a kind of case of 表四: what an organ may not have at all."""
    found = [_group(form, table.slug, f"表{table.part}（{table.heading}）") for table in form.tables]
    rows = {key.rsplit(".", 1)[0]: cell.label for key, cell in form.by_key.items() if key.startswith("t2.")}
    found += [_group(form, row, label.rsplit("·", 1)[0]) for row, label in rows.items()]
    found += [_group(form, f"t4.{case}", words) for case, words in CASES]
    return {group.key: group for group in found}


def _group(form: Form, key: str, label: str) -> Group:
    return Group(key, label, tuple(cell for cell in form.by_key if cell.startswith(f"{key}.")))
