"""What citizens may and may not see: 大山坪街道's reports, published in two years, and others that are not public."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session

from taizhang.annual_reports.checks.findings import Part, Scope
from taizhang.annual_reports.forms import FORMS, form_of_year, to_array, with_sums
from taizhang.annual_reports.models import AnnualReport, ReportState
from tests.district import District
from tests.progress.ledger import Ledger, issue

SECRET = "还没有公布的话"
TEXTS = {
    Part.OVERVIEW: "一年来，街道认真贯彻条例。\n（一）主动公开。公开信息三百余条。",
    Part.PROBLEMS: "一是解读形式不多。",
    Part.OTHER: "本年度未收取信息处理费。",
}


@dataclass(frozen=True)
class Archive:
    """Reports by what became of them."""

    published: AnnualReport
    before: AnnualReport
    withdrawn: AnnualReport
    accepted: AnnualReport
    draft: AnnualReport
    ledger: Ledger

    @property
    def hidden(self) -> list[AnnualReport]:
        return [self.accepted, self.draft]


def filed(session: Session, district: District, login: str, year: int, **state: Any) -> AnnualReport:
    """A report with 42 applications received and 40 dealt with, and no other number but 0."""
    form, unit = FORMS[form_of_year(year)], district.units[login]
    leaves: dict[str, int | None] = dict.fromkeys(form.leaves, 0)
    leaves |= {"t3.r1.natural": 42, "t3.r3.1.natural": 40, "t3.r4.natural": 2, "t4.review.upheld": 1}
    words = TEXTS if "published_at" in state else dict.fromkeys(TEXTS, SECRET)
    at = datetime(year + 1, 1, 20, tzinfo=UTC)
    row = AnnualReport(
        unit_id=unit.id,
        unit_path=unit.path,
        year=year,
        scope=Scope.ORGAN,
        form=form.version,
        figures=to_array(form, with_sums(form, leaves)),
        sections={part.value: {"value": words[part], "compiled": None, "edited": True} for part in Part},
        created_by=district.people["office"].id,
        created_at=at,
        updated_at=at,
        **state,
    )
    session.add(row)
    session.flush()
    return row


def published(year: int, day: int = 25) -> dict[str, Any]:
    on = date(year + 1, 1, day)
    return {
        "state": ReportState.PUBLISHED,
        "published_on": on,
        "published_at": datetime(on.year, 1, day, 2, tzinfo=UTC),
        "accepted_at": datetime(on.year, 1, 20, tzinfo=UTC),
    }


@pytest.fixture
def archive(session: Session, district: District) -> Archive:
    taken_back = {"withdrawn_at": datetime(2023, 2, 6, tzinfo=UTC), "withdraw_reason": "表三数字有误，更正后再公布"}
    found = Archive(
        published=filed(session, district, "dashanping", 2022, **published(2022)),
        before=filed(session, district, "dashanping", 2020, **published(2020)),
        withdrawn=filed(session, district, "minzheng", 2022, state=ReportState.ACCEPTED, **taken_back),
        accepted=filed(session, district, "caizheng", 2022, state=ReportState.ACCEPTED),
        draft=filed(session, district, "jiaoti", 2022, state=ReportState.DRAFT),
        ledger=issue(session, district),
    )
    session.commit()
    return found
