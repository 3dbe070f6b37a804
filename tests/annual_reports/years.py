"""Years made of cases: figures that are true by construction, with the year before and the words that report them."""

import random
from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from taizhang.annual_reports.checks.findings import Part, Report
from taizhang.annual_reports.forms import FORM_2021, Form, wan, with_sums
from taizhang.annual_reports.forms.official import PARTY_COLUMNS

YEAR = 2023
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Case:
    """One application: who applied, whether last year left it, and how it ended (``None``: still open)."""

    party: str
    carried_in: bool
    outcome: str | None


@dataclass(frozen=True)
class TrueYear:
    """A year and the year before, both true."""

    form: Form
    figures: dict[str, int | None]
    previous: dict[str, int | None]

    def __repr__(self) -> str:
        """The cells that are not 0, so that a failing year can be read."""
        told = [{key: value for key, value in each.items() if value} for each in (self.figures, self.previous)]
        return f"TrueYear({self.form.version}, {told[0]}, {told[1]})"

    def report(self, **changed: int | None) -> Report:
        """The report of it, with some cells miswritten."""
        return self.report_with(changed)

    def report_with(self, changed: dict[str, int | None], overview: str | None = None) -> Report:
        texts = None if overview is None else {Part.OVERVIEW: overview}
        figures = {**self.figures, **changed}
        return Report(self.form, YEAR, figures, previous=self.previous, texts=texts, makes_rules=True)


def cases(form: Form) -> SearchStrategy[list[Case]]:
    case = st.builds(
        Case,
        party=st.sampled_from(PARTY_COLUMNS),
        carried_in=st.booleans(),
        outcome=st.none() | st.sampled_from(form.outcome_rows),
    )
    return st.lists(case, max_size=40)


def tallied(form: Form, counted: list[Case]) -> dict[str, int | None]:
    """Table 三 as counted from cases."""
    figures: dict[str, int | None] = {key: 0 for key in form.leaves if key.startswith("t3.")}
    for case in counted:
        for row in ("r2" if case.carried_in else "r1", case.outcome or "r4"):
            key = f"t3.{row}.{case.party}"
            figures[key] = (figures[key] or 0) + 1
    return figures


@st.composite
def true_years(draw: DrawFn, form: Form = FORM_2021) -> TrueYear:
    """Cases, disputes and documents of a year that follows from the one before."""
    count = st.integers(0, 30)
    counted = draw(cases(form))
    figures = tallied(form, counted)
    before: dict[str, int | None] = dict.fromkeys(form.leaves, 0)
    for party in PARTY_COLUMNS:
        before[f"t3.r4.{party}"] = figures[f"t3.r2.{party}"]
        before[f"t3.r1.{party}"] = figures[f"t3.r2.{party}"]
    for key in form.leaves:
        if key.startswith("t4."):
            figures[key] = draw(count)
    if form is FORM_2021:
        for slug in ("rules", "documents"):
            stock, issued = draw(count), draw(count)
            repealed = draw(st.integers(0, stock + issued))
            before[f"t2.{slug}.in_force"] = stock
            figures |= {
                f"t2.{slug}.issued": issued,
                f"t2.{slug}.repealed": repealed,
                f"t2.{slug}.in_force": stock + issued - repealed,
            }
        for key in ("t2.licensing.decisions", "t2.penalties.decisions", "t2.coercion.decisions"):
            figures[key] = before[key] = draw(st.integers(0, 2_000_000))
        # To the 元: what prose states to the 分 no report does.
        figures["t2.fees.amount"] = before["t2.fees.amount"] = draw(st.integers(0, 10**9)) * 100
    else:
        figures |= {key: draw(count) for key in form.leaves if key.startswith("t2.")}
    return TrueYear(form, with_sums(form, figures), with_sums(form, before))


def any_figures(form: Form) -> SearchStrategy[dict[str, int | None]]:
    """Any figures at all, true or not, sums kept: what a table may show. Drawn by a seed: 166 cells shrink slowly."""

    def drawn(seed: int) -> dict[str, int | None]:
        pick = random.Random(seed)
        leaves = {key: pick.choice((0, 0, pick.randrange(100), pick.randrange(1000, 99_999))) for key in form.leaves}
        return with_sums(form, leaves)

    return st.integers(0, 2**32).map(drawn)


def told(year: TrueYear) -> str:
    """Part 一 of a year, every number of it that stands in a table."""
    value = {key: number or 0 for key, number in year.figures.items()}

    def row(number: str) -> int:
        return sum(value[f"t3.{each}.total"] for each in year.form.outcome_rows if each.startswith(number))

    suits = value["t4.direct.total"] + value["t4.after_review.total"]
    return "\n".join(
        [
            f"{YEAR}年，我单位认真贯彻落实《中华人民共和国政府信息公开条例》。",
            f"制发行政规范性文件{value['t2.documents.issued']}件，废止行政规范性文件{value['t2.documents.repealed']}件，"
            f"现行有效行政规范性文件{value['t2.documents.in_force']}件。"
            f"制定规章{value['t2.rules.issued']}件，废止规章{value['t2.rules.repealed']}件，"
            f"现行有效规章{value['t2.rules.in_force']}件。",
            f"作出行政许可决定{value['t2.licensing.decisions']:,}件、行政处罚决定{value['t2.penalties.decisions']}件、"
            f"行政强制决定{value['t2.coercion.decisions']}件，收取行政事业性收费{wan(value['t2.fees.amount'])}万元。",
            "（二）依申请公开",
            f"新收政府信息公开申请{value['t3.r1.total']}件，上年结转{value['t3.r2.total']}件，"
            f"办结{value['t3.r3.7.total']}件，其中予以公开{row('r3.1')}件、部分公开{row('r3.2')}件、"
            f"不予公开{row('r3.3')}件、无法提供{row('r3.4')}件、不予处理{row('r3.5')}件、其他处理{row('r3.6')}件，"
            f"结转下年度继续办理{value['t3.r4.total']}件。",
            f"因政府信息公开引起的行政复议{value['t4.review.total']}件、行政诉讼{suits}件。",
        ]
    )
