"""Drafting (文字起草): parts 一, 五 and 六 from what is known, to be gone on with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from taizhang.annual_reports.checks.findings import Part
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.records import Dossier
from taizhang.annual_reports.sections import load


@dataclass(frozen=True)
class Material:
    """What the words are made of."""

    year: int
    unit_name: str
    facts: Mapping[str, int | None]
    figures: Mapping[str, int | None]
    last_problems: str | None = None
    done: tuple[str, ...] = field(default=())


def material(session: Session, dossier: Dossier, last_year: AnnualReport | None) -> Material:
    """What is known of a report: its facts and figures as they stand, last year's problems, what was accepted."""
    row, unit = dossier
    return Material(
        year=row.year,
        unit_name=unit.name,
        facts={key: load(row.facts, key).value for key in row.facts},
        figures={},
        last_problems=load(last_year.sections, Part.PROBLEMS.value).value if last_year else None,
    )


def sections(material: Material) -> dict[Part, str | None]:
    """The three parts."""
    return {Part.OVERVIEW: None, Part.PROBLEMS: None, Part.OTHER: None}
