"""Checks of the figures alone (A、B、C、G). A check with a blank in it is not run: A4 says what is blank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from taizhang.annual_reports.checks.findings import CATALOGUE, Finding, Level, Report, Scope
from taizhang.annual_reports.forms import Equation, Figures, Form, wan
from taizhang.annual_reports.forms.official import (
    CARRIED_IN,
    CARRIED_OUT,
    CASES,
    CLOSED,
    COLUMNS,
    OUTCOMES,
    PARTY_COLUMNS,
    RECEIVED,
)

THOUSANDFOLD = 1000
LISTED_TERMS = 6


@dataclass(frozen=True, slots=True)
class Balance:
    """An equation with its two sides as they stand; ``None`` where a cell is blank."""

    equation: Equation
    left: int | None
    right: int | None

    @property
    def residual(self) -> int | None:
        return None if self.left is None or self.right is None else self.left - self.right


def total(figures: Figures, keys: Sequence[str]) -> int | None:
    """The sum of cells, or ``None`` where one of them is blank or not in the form."""
    result = 0
    for key in keys:
        value = figures.get(key)
        if value is None:
            return None
        result += value
    return result


def balances(report: Report) -> list[Balance]:
    """Every equation of the form, then A5 for each column of a year whose predecessor is known."""
    found = [
        Balance(each, total(report.figures, each.left), total(report.figures, each.right))
        for each in report.form.equations
    ]
    merged = report.ledger.merged if report.ledger else ()
    if report.previous is not None or merged:
        rule = "A6" if merged else "D3" if report.ledger and report.scope is Scope.GOVERNMENT else "A5"
        for column, name in COLUMNS:
            equation = Equation(rule, f"“{name}”列", (f"t3.{CARRIED_IN}.{column}",), ())
            found.append(Balance(equation, report.figures.get(equation.left[0]), carried_over(report, column)))
    return found


def carried_over(report: Report, column: str) -> int | None:
    """What last year left open, in this report and in those merged into it, with the lines signed for it since."""
    years = [each for each in (report.previous, *(report.ledger.merged if report.ledger else ())) if each is not None]
    left = [each.get(f"t3.{CARRIED_OUT}.{column}") for each in years]
    if None in left:
        return None
    lines = report.ledger.lines if report.ledger else {}
    columns = PARTY_COLUMNS if column == "total" else (column,)
    added = sum(lines.get(f"t3.{CARRIED_IN}.{each}") or 0 for each in columns)
    return sum(value for value in left if value is not None) + added


def describe(report: Report, balance: Balance) -> str:
    """An unbalanced equation in words, each side with its terms."""
    equation, left, right = balance.equation, balance.left, balance.right
    assert left is not None
    assert right is not None
    gap = f"相差 {abs(left - right)}"
    match equation.rule:
        case "A1":
            sides = (_terms(report, equation.left), _terms(report, equation.right))
            return f"{equation.where}不平：{sides[0]} = {left}，{sides[1]} = {right}，{gap}"
        case "A2":
            parts = _terms(report, equation.left)
            return f"{equation.where}：各项办理结果之和是 {left}（{parts}），（七）总计是 {right}，{gap}"
        case "A3":
            return f"{equation.where}：各列之和是 {left}，总计是 {right}，{gap}"
        case "A5" | "D3":
            return f"{equation.where}：上年结转是 {left}，{report.year - 1} 年报告的结转下年度是 {right}，{gap}"
        case "A6":
            before = f"本单位与撤并来的单位 {report.year - 1} 年报告的结转下年度之和"
            return f"{equation.where}：上年结转是 {left}，{before}是 {right}，{gap}"
    return f"{equation.where}：{_terms(report, equation.left)} = {left}，总计是 {right}，{gap}"


def _terms(report: Report, keys: Sequence[str]) -> str:
    """``本年新收 42 + 上年结转 0``; of many terms only those that count."""
    values = [(_name(report.form, key), report.figures.get(key) or 0) for key in keys]
    if len(values) > LISTED_TERMS:
        values = [each for each in values if each[1]][:LISTED_TERMS]
        listed = " + ".join(f"{name} {value}" for name, value in values)
        return f"其中 {listed}" if listed else "各项都是 0"
    return " + ".join(f"{name} {value}" for name, value in values)


def _name(form: Form, key: str) -> str:
    cell = form.by_key[key]
    return cell.short.rsplit("（", 1)[0] if key.startswith("t3.") else cell.label.rsplit("·", 1)[1]


def blank_cells(report: Report) -> Iterator[Finding]:
    """A4, one finding a table, with the equations that cannot be told for it."""
    for table in report.form.tables:
        blank = [key for key in table.cells if report.figures.get(key) is None]
        if not blank:
            continue
        empty = set(blank)
        untold = sum(1 for each in report.form.equations if not empty.isdisjoint(each.cells))
        waiting = f"；有 {untold} 条勾稽关系因此核对不了" if untold else ""
        message = f"表{table.part}有 {len(blank)} 格空白：{report.form.names(blank)}。没有的填 0{waiting}"
        yield Finding("A4", Level.BLOCK, tuple(blank), message, len(table.cells) - len(blank), len(table.cells))


def disputes(report: Report) -> Iterator[Finding]:
    """B2–B4: what last year left pending, and cases that come from nowhere."""
    now, before = report.figures, report.previous
    totals = {case: now.get(f"t4.{case}.total") for case, _ in CASES}
    if before is not None:
        for case, words in CASES:
            pending, known = before.get(f"t4.{case}.pending"), totals[case]
            if pending is not None and known is not None and pending > known:
                message = f"“{words}”上年尚未审结 {pending} 件，本年总计只有 {known} 件：结转的案件应再计一次"
                yield _warn("B2", (f"t4.{case}.total",), message, pending, known)
        yield from _after_review(report, before)
    cases = total(now, [f"t4.{case}.total" for case, _ in CASES])
    applications = [f"t3.{CLOSED}.total", f"t3.{CARRIED_IN}.total", f"t3.{RECEIVED}.total"]
    if cases and all(now.get(key) == 0 for key in applications[:2]):
        message = f"有行政复议、行政诉讼共 {cases} 件，但本年没有办结、也没有上年结转的申请，请核实"
        yield _warn("B4", (*(f"t4.{case}.total" for case, _ in CASES), *applications[:2]), message, cases, 0)


def _after_review(report: Report, before: Figures) -> Iterator[Finding]:
    closed = [f"t4.review.{outcome}" for outcome, _ in OUTCOMES if outcome not in ("pending", "total")]
    this_year, last_year = total(report.figures, closed), total(before, closed)
    sued = report.figures.get("t4.after_review.total")
    if sued is None or this_year is None or last_year is None or sued <= this_year + last_year:
        return
    message = f"“复议后起诉”总计 {sued} 件，多于本年审结的行政复议 {this_year} 件与上年审结的 {last_year} 件之和"
    yield _warn("B3", ("t4.after_review.total", *closed), message, sued, this_year + last_year)


def disclosure(report: Report) -> Iterator[Finding]:
    """C1–C5, on the 2021 form, whose columns they speak of."""
    if "t2.rules.in_force" not in report.form.by_key:
        return
    for slug, words in (("rules", "规章"), ("documents", "行政规范性文件")):
        yield from _stock(report, slug, words)
    rules = [key for key in report.form.by_key if key.startswith("t2.rules.") and report.figures.get(key)]
    if rules and not report.makes_rules:
        named = report.form.names(rules)
        message = f"{named}不为 0：规章由设区的市以上人民政府和省级以上部门制定，区县及以下应为 0"
        yield _warn("C3", tuple(rules), message, total(report.figures, rules), 0)
    if report.previous is not None:
        yield from _against_last_year(report, report.previous)


def _stock(report: Report, slug: str, words: str) -> Iterator[Finding]:
    issued, repealed, in_force = (f"t2.{slug}.{name}" for name in ("issued", "repealed", "in_force"))
    before = (report.previous or {}).get(in_force)
    made, ended, left = (report.figures.get(key) for key in (issued, repealed, in_force))
    if before is None or made is None or ended is None:
        return
    if ended > before + made:
        message = f"“{words}”本年废止 {ended} 件，多于上年现行有效 {before} 件与本年制发 {made} 件之和"
        yield Finding("C2", Level.BLOCK, (repealed, issued), message, ended, before + made)
    elif left is not None and left != before + made - ended:
        due = before + made - ended
        message = (
            f"“{words}”现行有效是 {left} 件，按上年现行有效 {before} + 本年制发 {made} - 本年废止 {ended} "
            f"应为 {due} 件：有自动失效或清理的，请说明"
        )
        yield _warn("C1", (in_force, issued, repealed), message, left, due)


def _against_last_year(report: Report, before: Figures) -> Iterator[Finding]:
    fees = "t2.fees.amount"
    now, then = report.figures.get(fees), before.get(fees)
    if now and then and (now >= THOUSANDFOLD * then or then >= THOUSANDFOLD * now):
        message = f"“行政事业性收费”本年 {wan(now)} 万元，上年 {wan(then)} 万元，相差千倍以上：请核对是否误以元计"
        yield _warn("C4", (fees,), message, wan(now), wan(then))
    for slug, words in (("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制")):
        key = f"t2.{slug}.decisions"
        now, then = report.figures.get(key), before.get(key)
        if now is None or then is None or bool(now) == bool(then):
            continue
        message = f"“{words}”本年处理决定数量是 {now}，上年是 {then}：请核实职权是否有变化"
        yield _warn("C5", (key,), message, now, then)


def processing_fees(report: Report) -> Iterator[Finding]:
    """G1 (国办函〔2020〕109号)."""
    fees, row = report.fees, "t3.r3.6.2.total"
    if fees is None:
        return
    if fees.received > fees.notified:
        received, notified = f"{fees.received / 100:.2f}", f"{fees.notified / 100:.2f}"
        yield _warn("G1", (), f"信息处理费实际收取 {received} 元，多于通知的 {notified} 元", received, notified)
    unpaid = report.figures.get(row)
    if unpaid is not None and unpaid > fees.notices:
        message = f"“逾期未按收费通知要求缴纳费用”总计 {unpaid} 件，多于发出的收费通知 {fees.notices} 件"
        yield _warn("G1", (row,), message, unpaid, fees.notices)


def _warn(rule: str, cells: tuple[str, ...], message: str, left: int | str | None, right: int | str | None) -> Finding:
    return Finding(rule, CATALOGUE[rule].level, cells, message, left, right)
