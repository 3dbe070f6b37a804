"""Rules of statutory terms (法定期限规则): every clock of the 条例, and the rules of counting, as data. Pure.

条例 is 《中华人民共和国政府信息公开条例》 (国务院令第711号, in force 2019-05-15). ``verified`` says whether the
article's own text was at hand when the rule was written down; where it was not, pages ask the reader to check.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

REGULATION = "《政府信息公开条例》"
FEE_MEASURES = "《政府信息公开信息处理费管理办法》"
LETTER_2016_235 = "国办公开办函〔2016〕235号"


class TermUnit(StrEnum):
    """What a term is counted in."""

    WORKDAY = "workday"
    DAY = "day"
    MONTH = "month"


UNIT_WORDS = {TermUnit.WORKDAY: "个工作日", TermUnit.DAY: "日", TermUnit.MONTH: "个月"}


class Term(NamedTuple):
    """A length of time (期限)."""

    amount: int
    unit: TermUnit

    @property
    def words(self) -> str:
        return f"{self.amount}{UNIT_WORDS[self.unit]}"


# What may be asked of the calculator; beyond it is a slip of the pen.
LONGEST = {TermUnit.WORKDAY: 1000, TermUnit.DAY: 3660, TermUnit.MONTH: 120}
EXTENSION_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Rule:
    """One statutory clock. ``term`` is None where the organ sets a reasonable one itself.

    ``longest`` bounds what may be asked under the rule (an organ may set itself less). ``event`` names the day it
    runs from; ``consequence`` says what follows at its end.
    """

    key: str
    name: str
    article: str
    event: str
    term: Term | None
    consequence: str
    verified: bool
    restarts: bool = False
    pauses: bool = False
    extends: bool = False
    received: bool = False


_TWENTY = Term(20, TermUnit.WORKDAY)
_FIFTEEN = Term(15, TermUnit.WORKDAY)

RULES: Mapping[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            "K1",
            "主动公开",
            f"{REGULATION}第二十六条",
            "政府信息形成或者变更",
            _TWENTY,
            "应于此日前主动公开；法律、法规另有规定的，从其规定",
            verified=True,
        ),
        Rule(
            "K2",
            "补正告知",
            f"{REGULATION}第三十条",
            "收到申请",
            Term(7, TermUnit.WORKDAY),
            "应于此日前一次性告知申请人作出补正，说明需要补正的事项和合理的补正期限",
            verified=True,
            received=True,
        ),
        Rule(
            "K3",
            "申请人补正",
            f"{REGULATION}第三十条",
            "申请人收到补正告知",
            None,
            "申请人无正当理由逾期不补正的，视为放弃申请，不再处理该申请",
            verified=True,
        ),
        Rule(
            "K4",
            "第三方意见",
            f"{REGULATION}第三十二条",
            "第三方收到征求意见书",
            _FIFTEEN,
            "第三方逾期未提出意见的，由行政机关依照条例决定是否公开",
            verified=True,
        ),
        Rule(
            "K5",
            "答复",
            f"{REGULATION}第三十三条",
            "收到申请",
            _TWENTY,
            "应于此日前答复申请人；当日付邮或者签收即为按期",
            verified=True,
            restarts=True,
            pauses=True,
            extends=True,
            received=True,
        ),
        Rule(
            "K6",
            "延期答复",
            f"{REGULATION}第三十三条",
            "答复期限届满",
            Term(EXTENSION_LONGEST, TermUnit.WORKDAY),
            "延长的期限最长不得超过20个工作日，以一次为限",
            verified=True,
        ),
        Rule(
            "K8",
            "共同制作机关意见",
            f"{REGULATION}第三十四条",
            "被征求意见机关收到征求意见书",
            _FIFTEEN,
            "逾期未提出意见的，视为同意公开",
            verified=False,
        ),
        Rule(
            "K9",
            "数量频次明显超过合理范围的延迟答复",
            f"{REGULATION}第三十五条",
            "告知申请人延迟答复",
            None,
            "应于告知的合理期限内答复",
            verified=False,
        ),
        Rule(
            "K10",
            "收费通知",
            FEE_MEASURES,
            "收到申请",
            _TWENTY,
            "收取信息处理费的，应于答复期限之内向申请人发出收费通知",
            verified=False,
            restarts=True,
            pauses=True,
            extends=True,
            received=True,
        ),
        Rule(
            "K11",
            "缴纳信息处理费",
            FEE_MEASURES,
            "申请人收到收费通知",
            _TWENTY,
            "逾期未缴纳的，不再处理该申请；缴清之后，答复期限重新计算",
            verified=False,
        ),
    )
}


class Counting(StrEnum):
    """The rules of counting that a derivation cites."""

    RECEIVED = "received"
    FIRST_DAY = "first-day"
    DAY_OFF = "day-off"
    MAKE_UP = "make-up"
    RESTART = "restart"
    PAUSE = "pause"
    EXTENSION = "extension"
    NO_ROLL = "no-roll"
    UNKNOWN = "unknown-year"
    POSTED = "posted"


class Channel(StrEnum):
    """How an application came (提交方式)."""

    IN_PERSON = "in_person"
    POST = "post"
    ORDINARY_MAIL = "ordinary_mail"
    INTERNET = "internet"
    FAX = "fax"


class Receipt(NamedTuple):
    """The rule of one channel: what happens on arrival, and which day is 收到申请之日 (条例第三十一条)."""

    name: str
    day: str
    by_confirmation: bool


RECEIPTS: Mapping[Channel, Receipt] = {
    Channel.IN_PERSON: Receipt("当面提交", "以提交之日为收到申请之日", by_confirmation=False),
    Channel.POST: Receipt("邮寄（签收）", "以签收之日为收到申请之日", by_confirmation=False),
    Channel.ORDINARY_MAIL: Receipt(
        "平常信函（无须签收）", "于收到当日与申请人确认，以确认之日为收到申请之日", by_confirmation=True
    ),
    Channel.INTERNET: Receipt("互联网渠道", "以双方确认之日为收到申请之日", by_confirmation=True),
    Channel.FAX: Receipt("传真", "以双方确认之日为收到申请之日", by_confirmation=True),
}

ARTICLES: Mapping[Counting, str] = {
    Counting.RECEIVED: f"{REGULATION}第三十一条",
    Counting.RESTART: f"{REGULATION}第三十条",
    Counting.PAUSE: f"{REGULATION}第三十三条",
    Counting.EXTENSION: f"{REGULATION}第三十三条",
    Counting.POSTED: LETTER_2016_235,
}


def received_on(channel: Channel, arrived_on: date, confirmed_on: date | None) -> date | None:
    """收到申请之日; None while a channel that needs the applicant's confirmation has none."""
    return confirmed_on if RECEIPTS[channel].by_confirmation else arrived_on
