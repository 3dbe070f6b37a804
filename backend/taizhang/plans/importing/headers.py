"""Headings (表头): what the words that offices put over their columns mean.

The words are composed (牵头 + 责任 + 单位), so they are read by their parts rather than from a list of whole headings.
"""

import re
from enum import StrEnum
from functools import lru_cache

from taizhang.documents.words import squeezed


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    CATEGORY = "category"
    TITLE = "title"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    UNITS = "units"
    DUE = "due"
    STATUS = "status"
    PEOPLE = "people"
    NOTE = "note"


UNIT_COLUMNS = (Column.LEAD, Column.UNITS, Column.SUPPORT)
TEXT_COLUMNS = (Column.CATEGORY, Column.TITLE, Column.CONTENT)
LONGEST = 24

_WHOSE = r"(?:[省市区县旗州镇乡局委]|全区|全市|全县|街道|本|各|我)?(?:级|直|属|政府)?"
_UNIT = r"(?:(?:单位|部门|科室|处室|股室|部室|机构|主体|组织|站所|科|处|股|室)(?:名称)?)"
_DUTY = r"(?:责任|负责|落实|承办|实施|办理)"
_LEADING = r"(?:总牵头|牵头|主办|主责|主要责任|第一责任|首要责任|主体责任|领办|主要负责|主承办|主要承办)"
_HELPING = r"(?:配合|协办|会办|协助|协同|协作|参与|参加|支持|联办|协调|会同|协助配合|协同配合|次要责任)"
_OWING = (
    r"(?:责任|负责|承办|落实|实施|执行|承担|任务|完成|办理|主管|分工|涉及|相关|有关|报送|责任承办|责任落实"
    r"|任务承担|具体落实|具体承办|具体负责|归口|承接|成员|责任配合|牵头配合|共同责任|其他责任|其它责任)"
)
_KIND = (
    r"(?:20\d\d年度?|年度|本年|当年|全年|政务公开|重点|主要|工作|具体|目标|公开|核心|任务|事项|项目|全区|全市|全县|区级?|市级?"
    r"|县级?|创新|专项|攻坚|推进|落实|分解|改革|建设|整改|细化|总体|关键|深化|基本|政策|指标|各项|所属|责任|突出|中心|完成)*"
)
_MOMENT = (
    r"(?:时限|期限|时间|日期|时间节点|节点|时间安排|时间表|时间进度|进度时限|进度安排|进度计划|计划进度|推进计划"
    r"|序时进度|时序进度|进度要求|进度节点|时点|时序|时间要求|时限要求)"
)
_PERSON = (
    r"(?:领导|责任人|负责人|联系人|联络人|联络员|联系方式|联系电话|电话|电话号码|手机|手机号码?|姓名|职务|经办人|承办人"
    r"|主办人|填报人|填表人|信息员|责任同志|负责同志|专人|人员|领导同志|邮箱)"
)
_QUARTER = r"(?:第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|[1-9])月份?|[1-4]季)"
_HAPPENED = (
    r"(?:情况|进展|状态|完成率|形象进度|进度|存在问题|问题|困难|下步打算|下一步打算|下步计划|下一步计划|下一步工作"
    r"|自评|佐证材料|佐证|证明材料|成效|结果|反馈|亮灯|灯号|完成与否|销号|办结)"
)

# In this order: a word is what it is first found to be.
_PARTS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (
        Column.NUMBER,
        re.compile(
            r"(?:任务|项目|事项|总|顺|工作)?(?:序号|编号|序次|序列|项次|项号)|序|号|行号|顺序|条目|no\.?", re.IGNORECASE
        ),
    ),
    (
        Column.STATUS,
        re.compile(
            rf"(?:实际|填报|更新|填表|报送|上报|反馈|检查).*{_MOMENT}|是否.*|(?:每|各)季度.*|.*{_QUARTER}.*进展"
        ),
    ),
    (
        Column.DUE,
        re.compile(
            rf"(?:工作|任务|计划|拟|预计|要求|办理|办结|完成|落实|推进|实施|整改|达标|截止|截至|完结|目标|起止|总体|时间|责任|最终)*"
            rf"{_MOMENT}(?:要求|安排|节点|计划|表)?"
        ),
    ),
    (Column.DUE, re.compile(r"(?:何时|什么时候|几时)(?:[干做办]成?|完成|办结)?")),
    (Column.STATUS, re.compile(rf"(?:.*{_HAPPENED}|{_QUARTER})(?:简述|说明|汇报|汇总)?")),
    (Column.LEAD, re.compile(rf"{_WHOSE}{_DUTY}?{_LEADING}{_DUTY}?{_UNIT}?|第一{_DUTY}{_UNIT}")),
    (Column.UNITS, re.compile(rf"{_WHOSE}{_OWING}{_DUTY}?{_UNIT}")),
    (Column.SUPPORT, re.compile(rf"{_WHOSE}{_DUTY}?{_HELPING}{_DUTY}?{_UNIT}?")),
    (
        Column.UNITS,
        re.compile(
            r"(?:任务|责任|工作|职责|任务责任|部门|单位)?分工(?:安排|意见)?|责任主体|责任归属|责任落实|责任|负责|承办|谁来?[干做办]|谁负责"
        ),
    ),
    (Column.PEOPLE, re.compile(rf"(?:(?!单位|部门|科室|处室)[^及和与、/／，,]){{0,8}}{_PERSON}")),
    (Column.NOTE, re.compile(r"备注.*|备考|附注|注|说明|其他|其它|.*依据|.*来源|出处")),
    (
        Column.CATEGORY,
        re.compile(
            rf"{_KIND}(?:类别|分类|大类|小类|类型|门类|种类|板块|领域|方面|分项|篇章|章节|部分|模块|维度)(?:名称)?"
            r"|[一二]级(?:任务|指标|目录|分类|标题|事项)?|大项|类|主题|专项"
        ),
    ),
    (Column.TITLE, re.compile(r"[干做办]什么")),
    (
        Column.CONTENT,
        re.compile(
            r"怎么[干做办]|如何[干做办]|具体(?:工作)?(?:任务|工作|事项|要点|目标)|任务(?:分解|描述|明细)|细化任务|三级任务"
        ),
    ),
    (Column.TITLE, re.compile(rf"{_KIND}(?:任务|工作|事项|项目|要点|重点|名称|标题|任务项)(?:名称)?")),
    (
        Column.CONTENT,
        re.compile(
            rf"{_KIND}(?:内容|要求|措施|举措|做法|标准|目标|描述|细则|安排|分解|明细|路径|抓手|成果|成果形式|预期成果|目标值"
            r"|目标任务|任务目标|预期目标|步骤|清单)"
        ),
    ),
)
# Over other columns these are too short to say what they hold.
_BARE_UNIT = re.compile(rf"{_WHOSE}{_UNIT}")
_DECORATION = re.compile(r"^[*＊★☆●]+|[：:*＊]+$")
_NOTE_IN_BRACKETS = re.compile(r"[(（〔【\[][^()（）〔〕【】\[\]]*[)）〕】\]]")
_JOINED = re.compile(r"以及|[及和与、/／，,＋+&;；|]|或(?=.)")
# Headings of catalogues, address books, budgets, scoring sheets and lists of powers.
_ELSEWHERE = re.compile(
    r"公开(?:事项|内容|依据|渠道|载体|对象|方式|层级|时限|时间|主体|形式|格式|范围|期限|要素|属性|渠道和载体|责任.*|类别|目录).*"
    r"|[一二三]级(?:事项|目录)|信息(?:名称|编号|索引号?|类别|格式)|索引号|目录(?:名称|编码)|栏目(?:名称|编码)|更新(?:周期|频率)|文号|发文.*"
    r"|.*(?:金额|预算|决算|资金|单价|数量|小计|合计|万元|支出|收入|经费|余额|科目|税).*"
    r"|姓名|职务|性别|年龄|出生.*|学历|籍贯|民族|职称|.*电话|手机.*|邮箱|邮编|.*地址|传真|科室号|房间号?|qq|微信号?"
    r"|(?:实施|设定|法律|职权)依据|职权.*|权力.*|事项类型|行使层级|行政相对人|办理(?:流程|地点|对象|条件)|收费.*|申请条件|所需材料"
    r"|承诺时限|法定时限|追责.*|服务对象|受理.*"
    r"|分值|得分|评分.*|扣分.*|计分.*|赋分.*|加分.*|考核(?:指标|内容|方式|标准).*|权重",
    re.IGNORECASE,
)


def _plain(text: str) -> str:
    word = squeezed(text).translate(str.maketrans("()[]", "（）［］"))
    return _DECORATION.sub("", word)


def meaning(text: str) -> Column | None:
    """The column a heading names; padding, line breaks and notes in brackets aside.

    >>> meaning("责任单位\\n（排名第一的为牵头单位）"), meaning("具 体 要 求"), meaning("天气")
    (<Column.UNITS: 'units'>, <Column.CONTENT: 'content'>, None)
    """
    word = _plain(text) if len(text) <= LONGEST * 8 else ""
    return _meaning(word) if 0 < len(word) <= LONGEST * 2 else None


@lru_cache(maxsize=4096)
def _meaning(word: str) -> Column | None:
    unbracketed = re.sub(r"[（）〔〕【】［］]", "", word)
    bare = _NOTE_IN_BRACKETS.sub("", word)
    return _word(unbracketed) or _word(bare) or None


def _word(word: str) -> Column | None:
    if not word or len(word) > LONGEST:
        return None
    whole = _part(word)
    if whole is not None:
        return whole
    parts = [part for part in _JOINED.split(word) if part]
    if len(parts) < 2:
        return None
    named = [_part(part) or (Column.UNITS if _BARE_UNIT.fullmatch(part) else None) for part in parts]
    known = [column for column in named if column is not None]
    if len(known) < len(named):
        return None
    # 完成时限及要求 is a deadline, 工作内容及完成时限 is the work.
    by_order = Column.DUE in known and set(known) <= {Column.DUE, Column.CONTENT, Column.STATUS}
    return known[0] if by_order else _combined(set(known))


def _part(word: str) -> Column | None:
    return next((column for column, pattern in _PARTS if pattern.fullmatch(word)), None)


# Of the columns that one heading joins, the one that says how the cells must be read.
_PRECEDENCE = (
    Column.STATUS,
    Column.CONTENT,
    Column.TITLE,
    Column.UNITS,
    Column.DUE,
    Column.NOTE,
    Column.CATEGORY,
    Column.PEOPLE,
    Column.NUMBER,
)


def _combined(named: set[Column]) -> Column:
    units = named & set(UNIT_COLUMNS)
    if len(units) > 1:
        named = (named - units) | {Column.UNITS}
    elif units and named - units == {Column.PEOPLE}:
        return next(iter(units))
    if {Column.TITLE, Column.CATEGORY} <= named:
        return Column.TITLE
    return next((column for column in _PRECEDENCE if column in named), next(iter(named)))


def nested_meaning(parents: list[str], heading: str) -> Column | None:
    """The column a heading names below others that span it: 责任分工 over 牵头 and 配合."""
    own = meaning(heading)
    above = next((named for text in reversed(parents) if (named := meaning(text)) is not None), None)
    if above in (Column.STATUS, Column.PEOPLE):
        return above
    if above in UNIT_COLUMNS and _BARE_UNIT.fullmatch(_plain(heading)):
        return above
    if own is None and parents:
        own = meaning("".join([*parents, heading]))
    return own or above


def is_bare_unit(text: str) -> bool:
    """Whether a heading says 单位 or 部门 and no more, which elsewhere is a unit of measure."""
    return bool(_BARE_UNIT.fullmatch(_plain(text)))


def is_elsewhere(text: str) -> bool:
    """Whether a heading is one that catalogues, address books, budgets and scoring sheets have."""
    word = _plain(text)
    return bool(_ELSEWHERE.fullmatch(word) or _ELSEWHERE.fullmatch(_NOTE_IN_BRACKETS.sub("", word)))


def names_tasks(text: str) -> bool:
    """Whether a heading speaks of work to be done, so that a table is one of tasks even without units."""
    return bool(re.search(r"任务|工作|要点|举措|措施|要求|目标", _plain(text)))


_FIRST = re.compile(r"(?:第一|首位|第1|最前)(?:个|位|名)?.{0,8}(?:牵头|主办|主责)|首个.{0,6}牵头")


def first_leads(text: str) -> bool:
    """Whether a heading says that the first unit named leads: 责任单位（排名第一的为牵头单位）."""
    return bool(_FIRST.search(squeezed(text)))


def others_help(text: str) -> bool:
    """Whether a heading says that the units after the first help: …其他为配合单位."""
    return bool(re.search(r"(?:其他|其它|其余|后面).{0,4}(?:配合|协办|协助|参与)", squeezed(text)))
