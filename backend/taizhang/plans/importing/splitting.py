"""Splitting a cell of units (责任单位栏) into phrases with their roles, never inside a name.

、 and blanks stand between units, commas between groups of them, semicolons and lines between clauses. 和, 及, 与
part two units only where both sides are whole names: 人力资源和社会保障局 is one. Brackets stay with their name.
"""

import re
from dataclasses import dataclass, replace

from taizhang.plans.importing import roles
from taizhang.plans.importing.dates import named_days
from taizhang.plans.importing.matching import KnownNames
from taizhang.plans.importing.names import bracketed, ends_like_unit, starts_like_unit
from taizhang.plans.importing.numerals import NUMERAL, number_of
from taizhang.plans.importing.roles import Role

OPEN_NOTE = "原文写“等”，可能还有没有列出的单位"

_SEPARATORS = {
    **dict.fromkeys("、/／|｜+＋&＆·\\ \t\u3000\xa0", 0),
    **dict.fromkeys(",，", 1),
    **dict.fromkeys(";；。\n\r", 2),
}
_BLANK = re.compile(r"\s")
_PAIRS = {")": "(", "）": "（", "〕": "〔", "]": "[", "】": "【", "］": "［"}
_PADDED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000\xa0]+[\u4e00-\u9fff]){2,}(?![\u4e00-\u9fff])")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.．)）]|[①-⑳]|[（(]\d{1,2}[)）]|[•·■◆▪\-—]+)\s*")
_NOTHING = re.compile(r"^[\d\W_]*$")
_LEADING = re.compile(r"^(?:另?由|请|其中|并?会同|以及)")
_LEADING_JOIN = re.compile(r"^[和及与并暨](?=.{2})")
_JOIN = re.compile(r"以及|并?会同|[和及与暨]")
_WITH = re.compile(r"^并?会同|^配合|^协助")
_HELPS = re.compile(r"(?:积极|密切|主动)?(?:配合|协助)(?=.{2})")
_OPEN_ENDED = re.compile(
    rf"^(?P<name>.*?)(?P<rest>等(?P<count>\d+|{NUMERAL}+)?[个家]?(?P<whom>(?:有关|相关|其他|责任|职能|主管|业务|区级|市级|县级|各)*"
    r"(?:部门|单位|街镇|镇街|街道|乡镇|镇|机构|企业|科室))?)$"
)
# Longer than this is prose, not names.
_LONGEST = 300
_LEVEL_ALONE = re.compile(r"^(?:[各全]?[省市区县]|中央|国家)$")
_ELLIPSIS = re.compile(r"(?:…|\.{3})+$")
_TIME = re.compile(r"^(?:于|在|到)?(?:之?前|以前|内)?(?:完成|落实|报送|办结|到位)?$")
_CELL_PARTS = re.compile(r"[,，;；。\s（）()]+")
_EXCEPT = re.compile(r"^除.+[外内]$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a cell that name units, with their role.

    ``ending``: of the next whole name, for 区教育、财政、民政局; ``after_each``: a 各… stands before, for 各街道、镇.
    """

    text: str
    role: Role
    note: str | None = None
    ending: str | None = None
    after_each: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    """A stretch between separators; ``clause`` and ``group`` count the semicolons and commas before it.

    ``gap``: the separators right before it. ``helping``: 会同 stands before it.
    """

    text: str
    clause: int
    group: int
    gap: str = ""
    helping: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A token's name, and what stood around it."""

    token: _Token
    name: str
    role: Role | None = None
    closes: roles.Tail | None = None
    note: str | None = None
    marked: bool = False


def split_cell(text: str, default: Role, known: KnownNames, *, first_leads: bool = False) -> list[Phrase]:
    """The phrases of a cell in order. ``known``: names never to be split."""
    text, hinted, others_support = roles.first_leads(text)
    text = roles.brackets_drawn_up(text)
    text = _PADDED.sub(lambda match: _BLANK.sub("", match[0]), text)
    phrases: list[Phrase] = []
    marked: list[bool] = []
    for stretch in roles.labelled(text):
        tokens = _tokens(_unwrapped(text[stretch.start : stretch.end]), known)
        parts = [part for token in tokens for part in _parts(token, known)]
        phrases.extend(_with_roles(parts, stretch.role or default))
        marked.extend(part.marked for part in parts if part.name)
    if any(marked) and not all(marked):
        phrases = [
            replace(phrase, role="lead") if mark else phrase for phrase, mark in zip(phrases, marked, strict=True)
        ]
    if phrases and (hinted or first_leads):
        rest = [replace(phrase, role="support") for phrase in phrases[1:]] if others_support else phrases[1:]
        phrases = [replace(phrases[0], role="lead"), *rest]
    return _with_endings(phrases)


# ---- separators


def _unwrapped(text: str) -> str:
    """The text out of the brackets around the whole of it; a bracket without its partner reads as a separator."""
    text = text.strip(" \t\n\r\u3000\xa0;；,，。、")
    opened: list[int] = []
    pairs: dict[int, int] = {}
    lost: set[int] = set()
    for place, char in enumerate(text):
        if char in _PAIRS.values():
            opened.append(place)
        elif char in _PAIRS:
            if opened:
                pairs[opened.pop()] = place
            else:
                lost.add(place)
    lost.update(opened)
    if lost:
        return "".join("、" if place in lost else char for place, char in enumerate(text))
    return _unwrapped(text[1:-1]) if pairs.get(0) == len(text) - 1 and len(text) > 2 else text


def _tokens(text: str, known: KnownNames) -> list[_Token]:
    tokens: list[_Token] = []
    pending, place, depth = "", 0, 0
    clause = group = 0
    gap = ""
    while place < len(text):
        char = text[place]
        name = known.at(text, place) if not pending else None
        if name:
            pending, place = name, place + len(name)
            continue
        if depth == 0 and char in _SEPARATORS:
            end = _run_end(text, place)
            strength = _strength(text[place:end])
            if strength is None or _goes_on(pending, text[place:end], text[end:], known):
                place = end
                continue
            tokens.append(_Token(pending.strip(), clause, group, gap))
            clause, group = clause + (strength == 2), group + (strength == 1)
            pending, gap, place = "", text[place:end].strip(), end
            continue
        depth += (char in _PAIRS.values()) - (char in _PAIRS)
        pending += char
        place += 1
    tokens.append(_Token(pending.strip(), clause, group, gap))
    return _merged([token for token in tokens if token.text])


def _run_end(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SEPARATORS:
        place += 1
    return place


def _strength(run: str) -> int | None:
    """0 between units, 1 between groups, 2 between clauses: punctuation decides, else the line, else the blank."""
    written = [_SEPARATORS[char] for char in run if not _BLANK.match(char)]
    return max(written) if written else 2 if "\n" in run or "\r" in run else 0


def _goes_on(pending: str, run: str, rest: str, known: KnownNames) -> bool:
    """Whether a name merely wraps to the next line, or is padded with a blank: 区人力资源社⏎会保障局."""
    if not pending or run.strip() or _NUMBERING.match(rest):
        return False
    name = known.at(pending + rest)
    if name and len(name) > len(pending):
        return pending not in known
    whole = pending in known or ends_like_unit(pending) or roles.tail_of(pending) or roles.MARK.search(pending[-1])
    return not whole and not _NOTHING.match(pending)


def _merged(tokens: list[_Token]) -> list[_Token]:
    """市、区有关部门 and 除某某外，各街镇 are one phrase."""
    merged: list[_Token] = []
    for token in tokens:
        if (
            merged
            and merged[-1].clause == token.clause
            and (_LEVEL_ALONE.match(merged[-1].text) or _EXCEPT.match(merged[-1].text))
        ):
            merged[-1] = replace(token, text=f"{merged[-1].text}{token.gap}{token.text}")
        else:
            merged.append(token)
    return merged


# ---- names within a token


def is_time(text: str) -> bool:
    """Whether words are a deadline and nothing else: 9月底前完成."""
    days = named_days(text, 2000) if len(text) <= 24 else []
    around = text[: days[0].start] + text[days[-1].end :] if days else text
    return bool(days) and bool(_TIME.match(around))


def times_in(text: str) -> str:
    """The deadlines that stand among the units of a cell."""
    return "；".join(filter(is_time, _CELL_PARTS.split(text)))


def _parts(token: _Token, known: KnownNames) -> list[_Part]:
    text = _NUMBERING.sub("", token.text)
    if _NOTHING.match(text) or is_time(text):
        return []
    return [part for piece in _joined(replace(token, text=text), known) for part in _named(piece, known)]


def _joined(token: _Token, known: KnownNames) -> list[_Token]:
    """The names 和, 及, 与, 会同 hold together, if both sides are whole."""
    text, pieces, start, place = token.text, [], 0, 0
    if len(text) > _LONGEST:
        return [token]
    helping = bool(_WITH.match(text))
    while place < len(text):
        name = known.at(text, place) if place == start else None
        if name:
            place += len(name)
            continue
        found = (_JOIN.match(text, place) or _HELPS.match(text, place)) if place > start else None
        if found and _depth(text[:place]) == 0 and _is_whole(text[start:place], text[found.end() :], found[0], known):
            # 各街镇配合区财政局: who helps stands before the word, unlike 会同.
            helps = found.re is _HELPS
            pieces.append(replace(token, text=text[start : found.end() if helps else place], helping=helping))
            helping = not helps and (helping or bool(_WITH.match(found[0])))
            start = place = found.end()
            continue
        place += 1
    return [*pieces, replace(token, text=text[start:], helping=helping)]


def _is_whole(left: str, right: str, word: str, known: KnownNames) -> bool:
    left = _NUMBERING.sub("", _LEADING.sub("", left))
    tail = roles.tail_of(right)
    bare = right[: tail.start] if tail else right
    if len(bare) < 2:
        return False
    whole = left in known or ends_like_unit(left)
    begins = starts_like_unit(right) or right[0] == "其" or known.at(right) is not None
    return whole and (begins or (ends_like_unit(bare) and len(bare) > 2) or "会同" in word)


def _depth(text: str) -> int:
    return sum((char in _PAIRS.values()) - (char in _PAIRS) for char in text)


def _named(token: _Token, known: KnownNames) -> list[_Part]:
    """One token without numbering, marks, role words, 由 before it and 等 after it."""
    text = token.text.strip()
    bare = roles.MARK.sub("", text)
    marked, text = bare != text, _ELLIPSIS.sub("等", bare).rstrip(".．:：!！ ")
    if text in known:
        return [_Part(token, text, marked=marked)]
    text = _LEADING.sub("", text)
    joint = _LEADING_JOIN.match(text)
    if joint and (starts_like_unit(text[1:]) or known.at(text, 1)) and not known.at(text):
        text = text[1:]
    tail = roles.tail_of(text) if text not in known else None
    if tail:
        text = text[: tail.start]
        text = text[1:] if text.startswith("以") and "为主" in token.text else text
    role: Role | None = None
    inner = bracketed(text)
    if inner and (role := roles.role_in_brackets(inner[1])):
        text = inner[0]
    return _open_ended(_Part(token, text.strip(), role, tail, marked=marked), known)


def _open_ended(part: _Part, known: KnownNames) -> list[_Part]:
    """…等 may leave units out: a note; …等部门 and …等有关单位 do: a phrase of its own for a person to decide."""
    found = _OPEN_ENDED.match(part.name) if part.name not in known else None
    if not found or (found["name"] and not (found["name"] in known or ends_like_unit(found["name"]))):
        return [part]
    named = [replace(part, name=found["name"], closes=None)] if found["name"] else []
    if found["whom"] or found["count"]:
        return [*named, replace(part, name=found["rest"])]
    return [replace(part, name=found["name"], note=OPEN_NOTE)]


# ---- roles


def _with_roles(parts: list[_Part], default: Role) -> list[Phrase]:
    """牵头, 配合 and 负责 close the run of units before them; other units keep the column's role."""
    given: dict[int, tuple[Role, str | None]] = {}
    run: list[int] = []
    for number, part in enumerate(parts):
        if part.name:
            if run and parts[run[-1]].token.clause != part.token.clause:
                run = []
            run.append(number)
        if part.role:
            given[number] = (part.role, None)
        if part.closes:
            for place in _closed(run, parts, part.token):
                given.setdefault(place, (part.closes.role, part.closes.note))
            run = []
    helping = {number for number, part in enumerate(parts) if _helps(parts, number)}
    phrases = []
    for number, part in enumerate(parts):
        role, note = given.get(number, (default, None))
        if number in helping:
            role = "support"
        if part.name:
            phrases.append(Phrase(part.name, role, part.note or note))
    return _counted(phrases)


def _closed(run: list[int], parts: list[_Part], at: _Token) -> list[int]:
    """Where a clause has both 、 and ，, role words reach back to the comma only."""
    clause = [part.token for part in parts if part.token.clause == at.clause]
    groups = [token.group for token in clause]
    mixed = len(set(groups)) < len(groups) and len(set(groups)) > 1
    return [place for place in run if not mixed or parts[place].token.group == at.group]


def _helps(parts: list[_Part], number: int) -> bool:
    """会同 makes helpers of the units after it in its group, but for those 牵头 is said of."""
    token = parts[number].token
    before = (part.token for part in parts[: number + 1])
    return any(other.helping and (other.clause, other.group) == (token.clause, token.group) for other in before)


def _counted(phrases: list[Phrase]) -> list[Phrase]:
    """等3个部门 after three names leaves nobody out."""
    kept: list[Phrase] = []
    for number, phrase in enumerate(phrases):
        found = _OPEN_ENDED.match(phrase.text) if phrase.text.startswith("等") else None
        if found and found["count"] and not found["name"] and int(number_of(found["count"])) == number:
            continue
        kept.append(phrase)
    return kept


def _with_endings(phrases: list[Phrase]) -> list[Phrase]:
    """区教育、财政、民政局: the ending stands once, at the last. 各街道、镇: 各 stands once, at the first."""
    ending: str | None = None
    ended: list[Phrase] = []
    for phrase in reversed(phrases):
        whole = ends_like_unit(phrase.text)
        if whole:
            found = re.search(r"(?:局|委|办|部|处|科|街道|镇|乡)$", phrase.text)
            ending = found[0] if found else None
        ended.append(phrase if whole else replace(phrase, ending=ending))
    each = False
    result: list[Phrase] = []
    for phrase in reversed(ended):
        result.append(replace(phrase, after_each=each))
        each = "各" in phrase.text[:8] or (each and not starts_like_unit(phrase.text))
    return result
