"""How units are named (单位名称): endings, places, kinds, the short form. Pure text; knows no directory."""

import re
from typing import Literal

GuessedKind = Literal["government", "office", "department", "branch", "subdistrict", "town", "zone", "other"]

BRACKETS = str.maketrans("（）〔〕[]【】［］", "()()()()()")
_ENDING = re.compile(
    r"(?:局|委|厅|署|(?<![主承协会督举创经])办|(?<![全内外干])部|(?<!门)处|(?<!本)科|室|(?<!医学)院|(?<!社)会|中心"
    r"|街道|(?<!城)镇|乡|街镇|镇街|园区?|管委会|政府|公司|集团|队|(?<!网)站|(?<!场)所|馆|(?<!平)台|校|大学|中学|小学"
    r"|银行|[妇残文侨]联|工商联|社科联|[科作]协|政协|计生协|供销社|报社|部门|单位|机关|机构|企业|开发区|高新区|新区|示范区|社区|村)$"
)
_STARTING = re.compile(r"[区市县省州旗盟镇乡各]|有关|相关|其他|其它|本级|驻|团[区市县]委|国家|中共")
LEVELS = "省市盟区县旗"
# 市场…, 市政…, 区块链… begin with a level's character but name no place.
_MARKET = r"(?!场|政(?!府|协|务|法)|民(?!政|宗|族|委)|容|域)"
_LEVEL = re.compile(rf"(?:省|市{_MARKET}|区(?!块|域)|县(?!域)|州|旗|盟)(?:级|直|属|本级)?")
_PLACE = re.compile(rf"(?:([\u4e00-\u9fff]{{2,5}}?)(省|市{_MARKET}|自治州|盟|区|县|旗)|([^全本我该外各]县))(?=.)")
_NO_PLACE_BEFORE = {"区": "园发新能范验税假景社校街片辖地城开险库林牧山小居务中游业济集行心"}
_NO_PLACE_AT_START = "各有相其省市区县州旗"
_AT_LEVEL = re.compile(rf"(?:[^{LEVELS}]{{2,7}}(?:省|市|自治州|盟))*[^{LEVELS}]{{1,7}}[区县旗市]")


def ends_like_unit(text: str) -> bool:
    """Whether a text could be a whole unit's name by its ending, brackets after it aside."""
    return bool(_ENDING.search(unbracketed(text)))


def starts_like_unit(text: str) -> bool:
    """Whether a text begins as a unit's name does: with a level, a place or 各."""
    return bool(_STARTING.match(text))


def unbracketed(text: str) -> str:
    """The text without the brackets at its end."""
    plain = text.translate(BRACKETS).rstrip()
    while plain.endswith(")") and (opened := _opening(plain)) > 0:
        plain = plain[:opened].rstrip()
    return plain


def bracketed(text: str) -> tuple[str, str] | None:
    """The text before its last bracket, and what stands in it, as written; None without a bracket at the end."""
    plain = text.translate(BRACKETS)
    opened = _opening(plain) if plain.endswith(")") else -1
    return (text[:opened].strip(), text[opened + 1 : -1].strip()) if opened > 0 else None


def _opening(plain: str) -> int:
    depth = 0
    for place in range(len(plain) - 1, -1, -1):
        depth += (plain[place] == ")") - (plain[place] == "(")
        if depth == 0:
            return place
    return -1


def own_place(full_name: str) -> str:
    """泸州市江阳区 of 泸州市江阳区民政局; empty if the name begins with no place."""
    found = _AT_LEVEL.match(full_name)
    return found[0] if found else ""


def place_of(name: str) -> str:
    """The place or level a name begins with: 龙马潭区, 泸州市江阳区, 市; empty if none."""
    end = 0
    while found := _PLACE.match(name, end):
        before, level = (found[1], found[2]) if found[1] else (found[3], "县")
        if before[-1] in _NO_PLACE_BEFORE.get(level, "") or before[0] in _NO_PLACE_AT_START:
            break
        end = found.end()
    if end:
        return name[:end]
    level = _LEVEL.match(name)
    return level[0] if level and level.end() < len(name) else ""


_KINDS: tuple[tuple[GuessedKind, re.Pattern[str]], ...] = (
    ("office", re.compile(r"(?:人民政府|政府|府)办(?:公室)?$")),
    ("subdistrict", re.compile(r"街道(?:办(?:事处)?)?$")),
    ("town", re.compile(r"(?:镇|乡|苏木)(?:人民)?(?:政府)?$")),
    (
        "zone",
        re.compile(
            r"(?:园区?|开发区|高新区|新区|功能区|度假区|景区|保税区|示范区|试验区)(?:管理委员会|管委会|管理办公室)?$"
        ),
    ),
    ("government", re.compile(r"(?:人民)?政府$")),
    (
        "other",
        re.compile(
            r"^委(?:$|办|组织|宣传|统战|政法|编|网信|社会工作|老干|党校|机构|巡察|改革|机要|保密)|纪委|监委|监察委员会|人大|政协"
            r"|法院|检察院|工会|妇联|残联|文联|侨联|工商联|科协|红十字会|联合会|共青团|团[区市县]委"
        ),
    ),
    ("branch", re.compile(r"分局$|.生态环境局$|税务局$|气象局$|烟草|海关|调查队$|邮政管理局$|消防救援|供电|人民银行")),
    ("department", re.compile(r"(?:局|委|委员会|厅|办|办公室)$")),
)


def guess_kind(name: str) -> GuessedKind:
    """What a unit of this name most likely is; ``other`` where the name does not tell."""
    plain = unbracketed(name)
    # 江阳生态环境局, without 区, is the city's own bureau in the district.
    own = plain[len(place_of(plain)) :]
    return next((kind for kind, pattern in _KINDS if pattern.search(own)), "other")


def short_name_of(full_name: str, place: str = "") -> str:
    """The name a breakdown would use: 泸州市江阳区民政局 as 区民政局, …人民政府大山坪街道办事处 as 大山坪街道.

    Only ``place`` is shortened to its level; without one, any place written with the one above it.
    """
    written = place_of(full_name)
    if place:
        written = place if full_name.startswith(place) else ""
    elif sum(char in LEVELS for char in written) < 2:
        written = ""
    rest = full_name[len(written) :]
    kind = guess_kind(full_name)
    if kind == "subdistrict":
        return re.sub(r"^(?:人民)?政府|(?<=街道)办(?:事处)?$", "", rest)
    if kind == "town":
        return re.sub(r"(?:人民)?政府$", "", rest)
    if kind == "zone":
        return rest.replace("管理委员会", "管委会")
    short = f"{written[-1:]}{rest}"
    return short.replace("人民政府", "政府") if kind == "office" else short
