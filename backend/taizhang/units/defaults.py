"""Collective words (统称) that district notices use, and the kinds of unit they mean. Data.

Words with 有关 or 相关 name no set: a person decides which units they mean each time.
"""

from taizhang.units.models import UnitKind

STREETS_AND_TOWNS = [UnitKind.SUBDISTRICT, UnitKind.TOWN]
DEPARTMENTS = [UnitKind.OFFICE, UnitKind.DEPARTMENT]

# (word, kinds, undecided)
GROUPS: tuple[tuple[str, list[UnitKind], bool], ...] = (
    ("各街镇", STREETS_AND_TOWNS, False),
    ("各镇街", STREETS_AND_TOWNS, False),
    ("各镇、街道", STREETS_AND_TOWNS, False),
    ("各街道办事处、镇人民政府", STREETS_AND_TOWNS, False),
    ("各街道", [UnitKind.SUBDISTRICT], False),
    ("各街道办事处", [UnitKind.SUBDISTRICT], False),
    ("各镇", [UnitKind.TOWN], False),
    ("各镇人民政府", [UnitKind.TOWN], False),
    ("园区管委会", [UnitKind.ZONE], False),
    ("各园区管委会", [UnitKind.ZONE], False),
    ("区政府各部门", DEPARTMENTS, False),
    ("区级各部门", DEPARTMENTS, False),
    ("区政府有关部门", DEPARTMENTS, True),
    ("区级有关部门", DEPARTMENTS, True),
    ("有关部门", DEPARTMENTS, True),
    ("有关街镇", STREETS_AND_TOWNS, True),
    ("有关建议和提案办理单位", [*STREETS_AND_TOWNS, UnitKind.ZONE, *DEPARTMENTS], True),
    ("有关被审计单位", [*STREETS_AND_TOWNS, UnitKind.ZONE, *DEPARTMENTS], True),
    ("有关单位", [*STREETS_AND_TOWNS, UnitKind.ZONE, *DEPARTMENTS, UnitKind.BRANCH], True),
)
