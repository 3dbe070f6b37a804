"""Units where they stand in running words (文中的责任单位): lists, brackets at the end of a sentence, labelled lines.

Only finds which words speak of units; which units they mean is for ``units`` to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.plans.importing.headers import UNIT_COLUMNS, Column, meaning

_NOUN = (
    r"(?:局|办|办公室|委|委员会|街道|镇|乡|街镇|镇街|乡镇|镇乡|管委会|部门|单位|中心|科|科室|处|处室|股|股室|所|站|队|政府|院|大队|支队"
    r"|总队|公司|集团|银行|办事处|学校|部|厅|署|会|社|馆|法院|检察院|园区|开发区|高新区|新区|管理区|示范区|区县|县区|县市|市县|机关"
    r"|组织|机构|社区|村居|团委|妇联|残联|工会|科协|工商联|专班|小组|组)"
)
_ROLE = (
    r"(?:(?:分别|共同|总)?(?:牵头|主办|主责)(?:负责|落实|办理)?|(?:配合|协办|会办|协助|参与|协同|支持)(?:落实|实施)?"
    r"|负责落实|负责实施|按照?(?:各自)?职责(?:分工)?(?:分别)?(?:负责|抓好)?(?:落实)?|分工负责|分别负责|负责|落实|承办|实施)"
)
UNIT_ENDINGS = re.compile(rf"{_NOUN}(?:[)）])?(?:等)?{_ROLE}?$")
_ANY_ROLE = re.compile(rf"{_ROLE}$")
_SEPARATORS = re.compile(r"[、,，;；/\s]+|(?<=[局办委会街镇])[和及与](?=[区市县各])|以及")
_OPENING, _CLOSING = "（(〔[【", "）)〕]】"
_LONGEST_LIST = 800
_LONGEST_NAME = 30
_STOP = re.compile(r"[。！!？?]")
_DUE_WORDS = re.compile(
    r"^(?:完成时限|完成时间|时限)?[:：]?(?:于)?(?:20\d\d年?)?(?:(?:1[0-2]|0?[1-9])月(?:份|底|末|\d{1,2}日)?(?:之?前|底前|完成|前完成)?"
    r"|[上下]半年|第?[一二三四1-4]季度末?|年底|年末|全年|20\d\d年底?)(?:之?前|以?内)?(?:完成)?$"
    r"|^(?:持续推进|长期坚持|长期推进|持续实施|常态化推进|全年推进|贯穿全年|即行即改|立即整改|立行立改|长期)$"
)
_WHOLE_BRACKET = re.compile(r"[（(〔\[【](.+)[)）〕】\]][。；;]?$")
# …公开——区发展改革局牵头，各街镇配合。
_TAIL = re.compile(r"(?:——|--|―)\s*([^—―]{2,200})$")
_LABEL = re.compile(
    r"(?:^|(?<=[\s。；;，,（(〔【|]))([\u4e00-\u9fff（）()、及和/]{2,16}?)(?:[:：]|[为是](?=[\u4e00-\u9fff\d]))"
)


def names_units(text: str) -> bool:
    """Whether a text is a list of units: every part of it ends as a unit's name does, and it is no sentence."""
    if _STOP.search(text) or len(text) > _LONGEST_LIST:
        return False
    parts = _parts(text)
    return bool(parts) and all(len(part) <= _LONGEST_NAME and UNIT_ENDINGS.search(part) for part in parts)


def _parts(text: str) -> list[str]:
    return [part for piece in _SEPARATORS.split(text) if (part := piece.strip(" ()（）〔〕[]【】:："))]


def speaks_of_units(text: str) -> bool:
    """Whether a text in brackets assigns the work: it names units, or says who leads or answers among them."""
    if _STOP.search(text.rstrip("。")) or len(text) > _LONGEST_LIST:
        return False
    if any(_label_of(match[1]) in UNIT_COLUMNS for match in _LABEL.finditer(text)):
        return True
    clauses = [clause for clause in re.split(r"[，,；;。]", text) if not is_deadline(clause)]
    parts = [part for clause in clauses for part in _parts(clause)]
    named = [part for part in parts if len(part) <= _LONGEST_NAME and UNIT_ENDINGS.search(part)]
    if not parts or not named:
        return False
    has_role = any(_ANY_ROLE.search(part) for part in parts)
    return 2 * len(named) >= len(parts) if has_role else len(named) == len(parts)


def is_deadline(text: str) -> bool:
    """Whether a short text is a deadline and nothing else."""
    return bool(_DUE_WORDS.match(text.strip(" 。；;，,、")))


def mentions_deadline(text: str) -> bool:
    """Whether a clause of a note is a deadline."""
    return any(is_deadline(clause) for clause in re.split(r"[，,；;。\n]", text) if clause.strip())


def _label_of(word: str) -> Column | None:
    return meaning(word)


@dataclass(frozen=True, slots=True)
class Assigning:
    """Words at ``start:end`` of a text that say who does what by when."""

    start: int
    end: int
    units: tuple[tuple[Column, str], ...] = ()
    due: str = ""


def bracketed(text: str) -> list[Assigning]:
    """The brackets that close a sentence and assign its work, in order: …公开。（区财政局牵头，各街镇配合）"""
    found = []
    for start, end in _outer_brackets(text):
        inside = text[start + 1 : end - 1].strip()
        after = text[end : end + 1]
        if after and after not in "。；;.\n，," and not _begins_sentence(text, start):
            continue
        if speaks_of_units(inside):
            units, due = parsed(inside)
            if units:
                found.append(Assigning(start, end + (after in "。；;." if after else 0), units, due))
    tail = _TAIL.search(text)
    if tail and not found and speaks_of_units(tail[1]) and any(_ANY_ROLE.search(part) for part in _parts(tail[1])):
        units, due = parsed(tail[1].rstrip("。"))
        found.append(Assigning(tail.start(), len(text), units, due))
    return found


def assigned(text: str) -> list[Assigning]:
    """All that a text says of who does it: its brackets, or else the labels at its end."""
    return bracketed(text) or ([inline] if (inline := labelled(text)) else [])


def _begins_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in "。；;！!"


def _outer_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Outermost pairs, of whatever width the two halves are."""
    depth, start = 0, 0
    for place, mark in enumerate(text):
        if mark in _OPENING:
            if depth == 0:
                start = place
            depth += 1
        elif mark in _CLOSING and depth:
            depth -= 1
            if depth == 0:
                yield start, place + 1


def parsed(text: str) -> tuple[tuple[tuple[Column, str], ...], str]:
    """The units' words by column, and the deadline's words, of a text that assigns."""
    labels = [match for match in _LABEL.finditer(text) if _label_of(match[1]) is not None]
    if not labels:
        return _split(text, Column.UNITS)
    units: list[tuple[Column, str]] = []
    dues: list[str] = []
    if lead := text[: labels[0].start()].strip(" ，,；;。"):
        found, due = _split(lead, Column.UNITS)
        units.extend(found)
        dues.append(due)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = text[label.end() : following.start() if following else None].strip(" \t\n，,；;。　")
        column = _label_of(label[1])
        if column in UNIT_COLUMNS and value:
            found, due = _split(value, column)
            units.extend(found)
            dues.append(due)
        elif column is Column.DUE:
            dues.append(value)
    return tuple(units), "；".join(due for due in dues if due)


def _split(text: str, column: Column) -> tuple[tuple[tuple[Column, str], ...], str]:
    """Deadlines out of a list of units."""
    pieces = re.split(r"([，,；;。])", text)
    dues = [piece.strip() for piece in pieces if is_deadline(piece)]
    kept = "".join(piece for piece in pieces if not is_deadline(piece)).strip(" ，,；;。")
    return ((column, kept),) if kept else (), "；".join(dues)


def labelled(text: str) -> Assigning | None:
    """The tail of a text from its first label of units on: 责任单位：区财政局；完成时限：9月底前."""
    for match in _LABEL.finditer(text):
        if _label_of(match[1]) in UNIT_COLUMNS:
            start = _first_label(text, match.start())
            units, due = parsed(text[start:])
            if units and not any(_STOP.search(words.rstrip("。")) for _, words in units):
                return Assigning(start, len(text), units, due)
            return None
    return None


def _first_label(text: str, start: int) -> int:
    """Where the run of labels begins: a deadline's label may stand before the units'."""
    for match in _LABEL.finditer(text[:start]):
        if _label_of(match[1]) is Column.DUE and not _STOP.search(text[match.end() : start].rstrip(" 。；;\n")):
            return match.start()
    return start


def assigning_line(text: str) -> Assigning | None:
    """A line that begins with a label and says nothing but who and by when: 责任单位：区财政局."""
    if (whole := _WHOLE_BRACKET.match(text)) and speaks_of_units(whole[1]):
        return Assigning(0, len(text), *parsed(whole[1]))
    label = _LABEL.match(text)
    if label is None or _label_of(label[1]) not in (*UNIT_COLUMNS, Column.DUE, Column.PEOPLE):
        return None
    units, due = parsed(text)
    is_sentence = any(_STOP.search(words.rstrip("。")) for words in (due, *(words for _, words in units)))
    return None if is_sentence else Assigning(0, len(text), units, due)


def unlabelled(text: str) -> tuple[Column | None, str]:
    """A cell that repeats its label: 牵头单位：区财政局 is (LEAD, 区财政局)."""
    match = re.match(r"\s*([\u4e00-\u9fff（）()、及和/]{2,16})[:：]\s*", text)
    column = _label_of(match[1]) if match else None
    return (column, text[match.end() :]) if match and column is not None else (None, text)


_ADDRESSED = re.compile(r"([^：:，。；]{2,60})[:：](?=.{4})")
_ONE_UNIT = re.compile(
    r"(?:[省市区县旗州镇]|各|.{2,6}[市区县旗]).{1,15}(?:局|委|委员会|办|办公室|中心|公司|部门)|.{2,8}(?:街道|镇|乡|管委会)"
)


def leading_unit(text: str) -> tuple[Column, str] | None:
    """The unit that a numbered line begins with: 区发展改革局：公开规划."""
    found = _ADDRESSED.match(text)
    return (Column.UNITS, found[1]) if found and names_units(found[1]) and meaning(found[1]) is None else None


def is_unit_heading(text: str) -> bool:
    """Whether a heading over tasks is the name of a unit and so says whose they are."""
    return names_units(text) and bool(_ONE_UNIT.fullmatch(text))


# ---- rules for many rows

_SCOPE = re.compile(r"(以下|下列|下述)|(以上|上述|前述)|(各项|所有|全部|每项|本表|表中|表内|表列|本清单|该表|任务表)")
_ALL = re.compile(r"(?:均|都|皆|一律)(?:应|需|须|要|应当)?")
_ABOUT = re.compile(r"责任|负责|落实|配合|牵头|参与|单位|抓好|执行")
_NAMED = re.compile(
    r"(?:包含|包括|涉及|含|为|是|由|需|须|涵盖|覆盖)[:：]?\s*(?P<after>[^。；;（(]{2,80}?)"
    r"(?:[。；;（(]|(?:负责|落实|配合|参与|抓好|执行).{0,4}$|$)"
)
_BEFORE = re.compile(
    r"(?:任务|事项|工作|要求|项目|中)[，,]?(?:除.{0,20}外[，,])?(?P<before>[^，,。；;]{2,60}?)(?:均|都|皆|一律)"
)


@dataclass(frozen=True, slots=True)
class Blanket:
    """A line that assigns many rows at once. ``scope``: below, above or all; ``units`` may be empty (nobody named)."""

    text: str
    scope: str
    units: tuple[Column, str] | None


def blanket(text: str) -> Blanket | None:
    """The rule a line lays down for many rows: 以下任务责任单位均包含各街镇、园区管委会.

    >>> blanket("备注：各项任务均需各街镇落实").units
    (<Column.UNITS: 'units'>, '各街镇')
    """
    line = text.replace("\n", "")
    scope = _SCOPE.search(line)
    if len(line) > 160 or scope is None or not _ALL.search(line):
        return None
    where = "below" if scope[1] else "above" if scope[2] else "all"
    named = next((words for words in _named(line) if names_units(words) and meaning(words) is None), None)
    if named is None:
        return Blanket(line, where, None) if _ABOUT.search(line) else None
    column = Column.SUPPORT if re.search(r"配合|参与|协助", line) and "责任单位" not in line else Column.UNITS
    return Blanket(line, where, (column, named))


def _named(line: str) -> Iterator[str]:
    for pattern, group in ((_NAMED, "after"), (_BEFORE, "before")):
        for match in pattern.finditer(line):
            yield _ANY_ROLE.sub("", match[group].strip(" ，,：:的")).strip(" ，,")
