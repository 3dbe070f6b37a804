"""Problems by kind (问题归类): what is doubtful in a draft, alike with alike, and the fixes for all of a kind. Pure."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from taizhang.plans.importing.draft import DraftAssignee, DraftCandidate, DraftProblem, DraftRow, row_problems
from taizhang.plans.importing.names import guess_kind
from taizhang.plans.importing.units import AssigneeState

Level = Literal["block", "warn", "note"]

# block: no plan is made of the row; warn: the row is not good, a person may still take it; note: for the eye only.
KINDS: dict[str, tuple[str, Level]] = {
    "assignee-suggested": ("名称相近的单位", "block"),
    "assignee-unknown": ("机构库里没有的单位", "block"),
    "assignee-undecided": ("须由人指定的统称", "block"),
    "no-title": ("没有任务名称", "block"),
    "no-assignee": ("没有责任单位", "warn"),
    "date-implausible": ("时限不在本年度", "warn"),
    "date-impossible": ("写的日期不存在", "warn"),
    "date-unread": ("时限没有读出日期", "warn"),
    "text-garbled": ("有的字无法识别", "warn"),
    "row-hidden": ("表中隐藏的行", "warn"),
    "formula-without-value": ("公式没有结果的单元格", "warn"),
    "cell-error": ("是错误值的单元格", "warn"),
    "units-blank": ("责任单位一格空着", "note"),
    "date-several": ("时限栏写了几个日期", "note"),
    "date-restored": ("时限漏了字，已补读", "note"),
    "blanket-rule": ("总的要求加上的责任单位", "note"),
    "category-units": ("写在类别后面的责任单位", "note"),
    "units-for-several": ("几段共用的责任单位", "note"),
    "note": ("备注", "note"),
    "no-duty": ("没有读出可核验的要求", "note"),
}
OTHER: tuple[str, Level] = ("请核对", "note")
SUGGESTED_FIXES = 3

Candidates = Mapping[str, Sequence[DraftCandidate]]


@dataclass(frozen=True, slots=True)
class OfferedFix:
    """A fix that answers a whole group: its words and the body for ``POST /plan-imports/{id}/fixes``."""

    label: str
    fix: dict[str, Any]


@dataclass(slots=True)
class ProblemGroup:
    """Alike problems. ``count`` is of places, ``rows`` are positions; ``text`` is the phrase they all stand on."""

    code: str
    level: Level
    title: str
    message: str
    column: str | None
    text: str | None = None
    count: int = 0
    rows: list[int] = field(default_factory=list)
    candidates: list[DraftCandidate] = field(default_factory=list)
    fixes: list[OfferedFix] = field(default_factory=list)


def level_of(code: str) -> Level:
    """How much stands in the way of a row with this problem."""
    return KINDS.get(code, OTHER)[1]


def standing(row: DraftRow) -> list[DraftProblem]:
    """What is still open in a row and keeps it from being good."""
    return [problem for problem in row.problems if not problem.acknowledged and level_of(problem.code) != "note"]


def rechecked(row: DraftRow) -> list[DraftProblem]:
    """The problems of a row as it now is: what was seen in reading stays, and what was acknowledged stays so."""
    seen = {(problem.code, problem.message) for problem in row.problems if problem.acknowledged}
    read = [problem for problem in row.problems if not _is_computed(problem.code)]
    problems = [*row_problems(row), *read]
    for problem in problems:
        problem.acknowledged = (problem.code, problem.message) in seen
    return problems


def _is_computed(code: str) -> bool:
    return code.startswith(("assignee-", "no-"))


def group_problems(rows: Iterable[DraftRow], candidates: Candidates) -> list[ProblemGroup]:
    """Every open problem once for all the places it stands in, what blocks first, then by how many places."""
    groups: dict[tuple[str, str], ProblemGroup] = {}
    for row in rows:
        if row.task_id is not None:
            continue
        for assignee in row.assignees:
            if assignee.is_open:
                _count(groups, _phrase_group(assignee, candidates), row.position)
        for problem in row.problems:
            if not problem.acknowledged and not problem.code.startswith("assignee-"):
                _count(groups, _plain_group(problem), row.position)
    for group in groups.values():
        group.fixes = _offered(group)
    order = {"block": 0, "warn": 1, "note": 2}
    kinds = {code: place for place, code in enumerate(KINDS)}
    return sorted(
        groups.values(), key=lambda group: (order[group.level], kinds.get(group.code, len(kinds)), -group.count)
    )


def _count(groups: dict[tuple[str, str], ProblemGroup], found: ProblemGroup, position: int) -> None:
    group = groups.setdefault((found.code, found.text or ""), found)
    group.count += 1
    if position not in group.rows[-1:]:
        group.rows.append(position)


def _phrase_group(assignee: DraftAssignee, candidates: Candidates) -> ProblemGroup:
    code = f"assignee-{assignee.state}"
    title, level = KINDS.get(code, OTHER)
    return ProblemGroup(
        code=code,
        level=level,
        title=title,
        message=assignee.note or title,
        column="assignees",
        text=assignee.text,
        candidates=list(candidates.get(assignee.text, assignee.candidates)),
    )


def _plain_group(problem: DraftProblem) -> ProblemGroup:
    title, level = KINDS.get(problem.code, OTHER)
    message = title if problem.code in KINDS else problem.message
    return ProblemGroup(code=problem.code, level=level, title=title, message=message, column=problem.column)


def _offered(group: ProblemGroup) -> list[OfferedFix]:
    if group.text is not None:
        return _phrase_fixes(group, group.text)
    n = group.count
    seen = {"kind": "acknowledge", "code": group.code}
    if group.code == "date-implausible":
        return [
            OfferedFix(f"这 {n} 处时限都去掉", {"kind": "clear-dates"}),
            OfferedFix(f"这 {n} 处都没错，就这样", seen),
        ]
    words = {
        "date-restored": f"这 {n} 处都按补读的日期",
        "no-duty": f"这 {n} 项都没有可核验的要求",
        "no-assignee": f"这 {n} 项先不定责任单位",
    }
    return [] if group.code == "no-title" else [OfferedFix(words.get(group.code, f"这 {n} 处都看过了"), seen)]


def _phrase_fixes(group: ProblemGroup, text: str) -> list[OfferedFix]:
    near = [candidate for candidate in group.candidates if candidate.score > 0][:SUGGESTED_FIXES]
    fixes = [
        OfferedFix(
            f"把这 {group.count} 处“{text}”都认作 {candidate.name}，并记为别名",
            _recognise(text, [candidate.unit_id], remember=True),
        )
        for candidate in near
    ]
    if group.code != f"assignee-{AssigneeState.UNDECIDED}":
        kind = guess_kind(text)
        unit = {"text": text, "name": text, "kind": kind}
        fixes.append(
            OfferedFix(f"新建单位“{text}”，这 {group.count} 处都是它", {"kind": "create-units", "units": [unit]})
        )
    return [*fixes, OfferedFix(f"这 {group.count} 处“{text}”都不指单位", _recognise(text, [], remember=False))]


def _recognise(text: str, unit_ids: list[uuid.UUID], *, remember: bool) -> dict[str, Any]:
    return {"kind": "assignee", "text": text, "unit_ids": unit_ids, "remember_alias": remember}
