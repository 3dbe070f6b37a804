"""Collective words (统称): 各街镇, 区级各部门, 有关单位 … read by their grammar when the office has not defined them.

A set is read only where every word of the phrase says whom it means; 有关, 相关, 成员单位, another level's units and
the like wait for a person.
"""

import re
from dataclasses import dataclass

from taizhang.plans.importing.names import BRACKETS

STREETS, TOWNS, ZONES = ("subdistrict",), ("town",), ("zone",)
DEPARTMENTS = ("office", "department")
EVERYBODY = (*DEPARTMENTS, "branch", *STREETS, *TOWNS, *ZONES)


@dataclass(frozen=True, slots=True)
class Collective:
    """The kinds of unit a phrase means; ``reason`` where only a person can say which."""

    kinds: tuple[str, ...]
    reason: str | None = None


_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("街镇|镇街道?|街道?乡?镇|乡?镇街道?|镇乡街道?", (*STREETS, *TOWNS)),
    ("街道办事处|街道办|街道|街办|街|办事处", STREETS),
    ("乡镇人民政府|乡镇政府|镇人民政府|乡人民政府|镇政府|乡政府|镇乡|乡镇|镇|乡", TOWNS),
    ("(?:产业|工业|功能|经济)?(?:园区|开发区|功能区|园)(?:管理委员会|管委会)?|管委会|管理委员会", ZONES),
    (
        "政府(?:组成)?(?:工作)?部门|工作部门|委办局|(?:直属)?部门(?:和?单位)?|直属机构|直属机关|机关部门|[办局委]{1,3}|机关",
        DEPARTMENTS,
    ),
    ("单位", EVERYBODY),
)
_NOUN = re.compile("|".join(f"(?P<n{number}>{words})" for number, (words, _) in enumerate(_NOUNS)))
_JOIN = re.compile(r"[、,，/()]|和|及|与|以及|各级|各类?|级|所有|全体|直属|人民政府|政府")
_SCOPE = re.compile(
    r"(?:[全本我辖]?(?P<level>[市区县州旗盟])|(?P<named>(?:[^省市区县各驻]{2,4}市)?[^省市区县各驻]{1,4}[市区县]))"
    r"(?P<under>人民政府|政府|级机关|直机关|直属|本级|级|直|属)?内?(?=各|所有|全体)"
)
_QUANTIFIER = re.compile(r"各级|各|所有|全体|每个")
_OPEN = re.compile(r"有关|相关|涉及|其[他它余]|^等")
_GENERIC = re.compile(
    r"(?:部门|单位|机关|机构|企业|街镇|镇街|乡镇|街道|科室|处室|股室|主体|组织|站所|学校|医院|社区|村|人民政府|公司|中心|园区|院校|负责人)$"
)
_ALL_ALIKE = ("同上", "全部", "全体", "所有")
_DESCRIBED = re.compile(
    r"主管|承办|主办|成员|责任|牵头|配合|办理|执法|制定|起草|业务|行业|试点|所属|下属|下设|直属|主要负责|涉[企农]|被|驻"
    r"|国有|群团|公共企事业|事业单位|各自|对应|分管|决策|审批|监管部门|行政机关|政务公开|信息公开"
)


def collective(phrase: str, level: str, places: tuple[str, ...] = ()) -> Collective | None:
    """What a phrase that names nobody in particular means where units are of ``level`` (区, 县 …) and ``places``.

    None for a name.
    """
    plain = re.sub(r"\s", "", phrase).translate(BRACKETS)
    if (
        plain not in _ALL_ALIKE
        and not _GENERIC.search(re.sub(r"\([^()]*\)$", "", plain))
        and not _QUANTIFIER.search(plain)
    ):
        return None
    kinds = _kinds_in(plain)
    if plain in _ALL_ALIKE:
        return Collective(EVERYBODY, "没有写明是哪些单位，须由人指定")
    if _OPEN.search(plain):
        return Collective(kinds, "所指单位没有写明，须由人指定")
    scope = _SCOPE.match(plain)
    if scope and not _is_own(scope, level, places):
        return Collective(kinds, "不是本级的单位，须由人指定")
    rest = plain[scope.end() :] if scope else plain
    quantified = _QUANTIFIER.match(rest)
    if quantified and (read := _parsed(rest[quantified.end() :])):
        if scope and scope["under"]:
            # 区直各部门（单位）: what belongs to the district itself, not its streets and towns.
            return Collective(DEPARTMENTS if set(read) == set(EVERYBODY) else read)
        return Collective(EVERYBODY if quantified[0] == "各级" else read)
    if "各" in plain or _DESCRIBED.search(plain):
        return Collective(kinds, "统称所指的单位须由人指定")
    if re.fullmatch(rf"(?:[全本我]?{level or '区'}[级直属内]?)?(?:{_GENERIC.pattern[:-1]})", plain):
        return Collective(kinds, "没有写明是哪些单位，须由人指定")
    return None


def _is_own(scope: re.Match[str], level: str, places: tuple[str, ...]) -> bool:
    return scope["named"] in places if scope["named"] else not level or scope["level"] == level


def _parsed(text: str) -> tuple[str, ...] | None:
    """The kinds of a list of nouns; None if anything else stands in it."""
    kinds: list[str] = []
    place = 0
    while place < len(text):
        joined = _JOIN.match(text, place)
        noun = None if joined else _NOUN.match(text, place)
        if joined and not kinds and joined[0].endswith("政府"):
            return None
        if noun is not None:
            kinds.extend(_NOUNS[int((noun.lastgroup or "n0")[1:])][1])
        found = joined or noun
        if found is None or found.end() == place:
            return None
        place = found.end()
    return tuple(dict.fromkeys(kinds)) or None


def _kinds_in(text: str) -> tuple[str, ...]:
    """The kinds the candidates are to be of: what the nouns say, else everybody."""
    kinds = [kind for noun in _NOUN.finditer(text) for kind in _NOUNS[int((noun.lastgroup or "n0")[1:])][1]]
    return tuple(dict.fromkeys(kinds)) or EVERYBODY
