"""The units of a task, as the office writes them into the three columns of the workbook."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from taizhang.demo.units import UNITS
from taizhang.plans.editing import EditableTask, parts_after
from taizhang.plans.importing.units import UnitDirectory
from taizhang.plans.models import Assignment, AssignmentRole, Plan, Task
from taizhang.units.models import Unit, UnitKind

roles = st.dictionaries(
    st.sampled_from([seed.short_name for seed in UNITS]), st.sampled_from(AssignmentRole), max_size=12
)


def task_of(seeds: dict[str, AssignmentRole], names: UnitDirectory) -> EditableTask:
    """A task these units of 江阳区 have a part in, each by a phrase of its own."""
    ids = {unit.short_name: unit.id for unit in names.units}
    parts = []
    for number, (name, role) in enumerate(seeds.items()):
        unit = Unit(id=ids[name], name=name, short_name=name, kind=UnitKind.OTHER)
        parts.append((Assignment(unit_id=unit.id, role=role, phrase=f"措辞{number}"), unit))
    return EditableTask(Task(id=uuid.uuid4()), Plan(id=uuid.uuid4()), [], parts)


def columns_of(task: EditableTask) -> dict[AssignmentRole, str]:
    return {role: "、".join(task.units(role)) for role in AssignmentRole}


@given(seeds=roles)
def test_columns_written_back_as_they_were_change_nothing(
    seeds: dict[str, AssignmentRole], names: UnitDirectory
) -> None:
    task = task_of(seeds, names)
    parts, faults = parts_after(task, columns_of(task), names)
    assert faults == []
    assert parts == {unit.id: (part.role.value, part.phrase) for part, unit in task.parts}


@given(seeds=roles, column=st.sampled_from(AssignmentRole))
def test_an_emptied_column_takes_out_its_units_and_no_others(
    seeds: dict[str, AssignmentRole], column: AssignmentRole, names: UnitDirectory
) -> None:
    task = task_of(seeds, names)
    parts, faults = parts_after(task, {column: ""}, names)
    assert faults == []
    assert set(parts) == {unit.id for part, unit in task.parts if part.role is not column}


def test_a_unit_in_two_columns_leads_and_a_collective_word_brings_the_rest(names: UnitDirectory) -> None:
    task = task_of({}, names)
    written = {AssignmentRole.LEAD: "大山坪街道", AssignmentRole.SUPPORT: "各街镇，区民政局"}
    parts, faults = parts_after(task, written, names)
    assert faults == []
    by_name = {unit.short_name: parts[unit.id] for unit in names.units if unit.id in parts}
    assert len(by_name) == 15 + 1
    assert (by_name["大山坪街道"], by_name["黄舣镇"]) == (("lead", "大山坪街道"), ("support", "各街镇"))
    assert by_name["区民政局"] == ("support", "区民政局")


def test_what_only_a_person_can_settle_is_not_guessed(names: UnitDirectory) -> None:
    _, faults = parts_after(task_of({}, names), {AssignmentRole.RESPONSIBLE: "有关街镇、某某委员会"}, names)
    assert [(fault.pointer, fault.code) for fault in faults] == [
        ("responsible", "assignee-undecided"),
        ("responsible", "assignee-unknown"),
    ]
