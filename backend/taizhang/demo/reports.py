"""Annual reports of the demo (演示的年度报告): 2021 whole and published, 2022 with some units behind, 2023 just begun.

Every step is taken through the services by those whose step it is. Numbers are drawn by chance and add up.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, text

from taizhang.access.actor import Actor
from taizhang.annual_reports import filing, stepping
from taizhang.annual_reports.checks.findings import Scope
from taizhang.annual_reports.filing import Filing
from taizhang.annual_reports.filing_schemas import ReportCreate, ReportPatch, ReportPointInput, SectionsInput
from taizhang.annual_reports.forms import FORM_2021
from taizhang.annual_reports.models import AnnualReport
from taizhang.annual_reports.procedure import ReportAction
from taizhang.annual_reports.sections import load
from taizhang.annual_reports.stepping import Words
from taizhang.core.clock import SHANGHAI
from taizhang.core.database import open_session
from taizhang.demo.report_texts import ASPECTS, GOVERNMENT, OTHER, PROBLEMS, WEAKNESSES
from taizhang.units.models import Unit, UnitKind
from taizhang.workflow.rules import PointReason, PointTarget

A = ReportAction
WAY = (A.SUBMIT, A.SIGN, A.ACCEPT, A.PUBLISH)
# Who was behind with the report on 2022, and how far they had come.
BEHIND: Mapping[str, tuple[ReportAction, ...] | None] = {
    "fangshan": None,
    "danlin": None,
    "taian": (),
    "linyu": (A.SUBMIT,),
    "jinghe": (A.SUBMIT, A.SIGN),
    "shangwu": (A.SUBMIT, A.SIGN, A.RETURN),
    "xinfang": (A.SUBMIT, A.SIGN, A.ACCEPT),
    "xiangcun": (A.SUBMIT, A.SIGN, A.ACCEPT),
}
EARLY = ("dashanping", "caizheng", "office")
POINT = ReportPointInput(
    target=PointTarget.FIGURES,
    cell="t3.r1.natural",
    reason=PointReason.FIGURES,
    text="新收件数与依申请公开登记簿不一致，请核对后重报。",
)


@dataclass
class Press:
    """Those who write, sign and settle, with what each unit carries into the next year."""

    engine: Engine
    actors: Mapping[str, Actor]
    chance: random.Random
    left: dict[str, Mapping[str, int]]

    def writer(self, login: str) -> Actor:
        return self.actors["zhengfuban" if login == "office" else login]

    def signer(self, login: str) -> Actor:
        return self.actors["zhengfuban-signer" if login == "office" else f"{login}-signer"]


def write(
    engine: Engine,
    planted: Mapping[str, Unit],
    actors: Mapping[str, Actor],
    chance: random.Random,
    today: date,
    *,
    say: Callable[[str], None],
) -> None:
    """The reports of three years."""
    press = Press(engine, actors, chance, {})
    organs = [
        login for login, unit in planted.items() if unit.kind is not UnitKind.GOVERNMENT and unit.counts_in_report
    ]
    for login in organs:
        _organ(press, login, 2021, WAY)
    _government(press, 2021, WAY)
    for login in organs:
        steps = BEHIND.get(login, WAY)
        if steps is not None:
            _organ(press, login, 2022, steps)
    _government(press, 2022, ())
    for login in EARLY:
        with open_session(engine) as session, session.begin():
            at = Filing.of(session, press.writer(login), _at(today, 9))
            begun = filing.create(at, ReportCreate(year=2023))
            filing.compile_report(at, begun.report.id, None)
    say(f"{2 * len(organs) + 2 + len(EARLY) - 2} 份年度报告")


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=SHANGHAI)


def _organ(press: Press, login: str, year: int, steps: tuple[ReportAction, ...]) -> None:
    """A unit's report, as far as it has come; a day or so a step."""
    day = date(year + 1, 1, 9) + timedelta(days=press.chance.randrange(8))
    with open_session(press.engine) as session, session.begin():
        session.connection().execute(text("SET LOCAL synchronous_commit = off"))
        at = Filing.of(session, press.writer(login), _at(day, 10))
        figures, facts = _figures(press, login), _facts(press.chance)
        report = filing.create(at, ReportCreate(year=year, figures=figures, facts=facts)).report
        filing.compile_report(at, report.id, None)
        _words(press.chance, at, report, OTHER.format(year=year))
        for action in steps:
            day += timedelta(days=press.chance.choice((1, 1, 2)))
            actor = press.actors["office"] if action in (A.ACCEPT, A.RETURN, A.PUBLISH) else press.signer(login)
            actor = press.writer(login) if action is A.SUBMIT else actor
            words = Words(points=[POINT]) if action is A.RETURN else Words()
            stepping.act(Filing.of(session, actor, _at(day, 15)), report.id, action, None, words)


def _government(press: Press, year: int, steps: tuple[ReportAction, ...]) -> None:
    """The district's report: the sum, with what the 条例 asks of a government added to its words."""
    office, leader = press.actors["office"], press.actors["zhengfuban-signer"]
    day = date(year + 1, 3, 13)
    with open_session(press.engine) as session, session.begin():
        at = Filing.of(session, office, _at(day, 9))
        report = filing.create(at, ReportCreate(year=year, scope=Scope.GOVERNMENT)).report
        filing.compile_report(at, report.id, None)
        _words(press.chance, at, report, OTHER.format(year=year), GOVERNMENT)
        for action, actor in zip(steps, (office, leader, office, office), strict=bool(steps)):
            day += timedelta(days=3)
            stepping.act(Filing.of(session, actor, _at(day, 15)), report.id, action, None, Words())


def _words(chance: random.Random, at: Filing, report: AnnualReport, other: str, last: str = "") -> None:
    """The draft gone on with: something of the unit's own under each aspect, its problems, what else there is."""
    drafted = (load(report.sections, "overview").value or "").split("\n")
    lines = []
    for line in drafted:
        lines += [line, chance.choice(ASPECTS[line])] if line in ASPECTS else [line]
    fee = (load(report.sections, "other").value or "").split("\n")[0]
    problems = chance.choice(PROBLEMS) + chance.choice(WEAKNESSES)
    sections = SectionsInput(
        overview="\n".join([*lines, *filter(None, [last])]), problems=problems, other=f"{fee}\n{other}"
    )
    filing.edit(at, report.id, ReportPatch(sections=sections), f'"{report.version}"')


def _figures(press: Press, login: str) -> dict[str, Any]:
    """A year that adds up: cases received or carried in, each ended in one row or left open."""
    chance, carried = press.chance, press.left.get(login, {})
    figures: dict[str, Any] = dict.fromkeys(FORM_2021.leaves, 0)
    busy = chance.choice((0, 1, 2, 4, 6))
    left: dict[str, int] = {}
    for party, share in (("natural", busy * 3), ("business", busy)):
        before = carried.get(party, 0)
        received = chance.randint(0, share)
        # Those who have yet to write the next one keep no case a visitor would have to invent an end for.
        open_ = chance.choice((0, 0, 1)) if received and BEHIND.get(login, ()) is not None else 0
        figures[f"t3.r1.{party}"], figures[f"t3.r2.{party}"], figures[f"t3.r4.{party}"] = received, before, open_
        for _ in range(before + received - open_):
            row = chance.choice(("r3.1", "r3.1", "r3.1", "r3.2", "r3.4.1", "r3.4.1", "r3.4.2", "r3.5.1", "r3.6.3"))
            figures[f"t3.{row}.{party}"] += 1
        left[party] = open_
    press.left[login] = left
    stock = carried.get("documents", chance.randint(0, 12))
    issued, repealed = chance.choice((0, 0, 1, 2)), chance.choice((0, 0, 1)) if stock else 0
    left["documents"] = stock + issued - repealed
    figures["t2.documents.issued"], figures["t2.documents.repealed"] = issued, repealed
    figures["t2.documents.in_force"] = left["documents"]
    figures["t2.licensing.decisions"], figures["t2.penalties.decisions"] = (
        chance.randint(20, 900),
        chance.randint(1, 60),
    )
    figures["t2.fees.amount"] = str(chance.choice((0, 0, 0, 1.25, 36.8)))
    if busy > 2:
        figures["t4.review.upheld"] = chance.choice((0, 0, 1))
    return {key: value for key, value in figures.items() if not (carried and key.startswith("t3.r2."))}


def _facts(chance: random.Random) -> dict[str, int | None]:
    site, media, paper = chance.randint(80, 900), chance.randint(40, 600), chance.randint(5, 60)
    return {
        "info.total": site + media + paper,
        "info.site": site,
        "info.media": media,
        "info.traditional": paper,
        "concerns.hotline": chance.randint(5, 300),
        "concerns.site": chance.randint(0, 60),
        "proposals.deputy": chance.randint(0, 6),
        "proposals.member": chance.randint(0, 6),
        "interpretations.published": chance.randint(0, 8),
        "trainings.held": chance.randint(1, 3),
    }
