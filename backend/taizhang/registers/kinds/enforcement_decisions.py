"""行政执法决定汇总: licences, penalties, coercive measures and fees of a period; table 二 is made from it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, WithJsonSchema

from taizhang.registers.fields import Count, OptionalUrl, asked, may
from taizhang.registers.kind import Entry, Fault, Group, RegisterKind

Amount = Annotated[
    Decimal, Field(ge=0, max_digits=14, decimal_places=6), WithJsonSchema({"type": "number", "minimum": 0})
]


class EnforcementDecisions(Entry):
    """一段时期的执法决定数量。"""

    starts_on: date = asked("统计起日")
    licensing: Count = may("行政许可处理决定（件）", "数量", default=0)
    penalties: Count = may("行政处罚处理决定（件）", "数量", default=0)
    coercion: Count = may("行政强制处理决定（件）", "数量", default=0)
    fees: Amount = may("行政事业性收费（万元）", "数量", default=Decimal(0), hint="单位是万元")
    url: OptionalUrl = may("公示链接", hint="行政处罚7个工作日、其他20个工作日内公示（国办发〔2018〕118号）")

    def faults(self, opened_on: date) -> Iterator[Fault]:
        yield from super().faults(opened_on)
        if self.starts_on > opened_on:
            yield Fault("data/starts_on", "ends-before-start", "统计起日晚于统计止日")


KIND = RegisterKind(
    slug="enforcement-decisions",
    title="行政执法决定汇总",
    group=Group.ACTIVE,
    position=19,
    basis="《政府信息公开条例》第二十条第五、六、八项；国办发〔2018〕118号",
    summary="行政许可、处罚、强制的处理决定数量与行政事业性收费金额，进入表二。",
    entry=EnforcementDecisions,
    opened_words="统计止日",
    title_words="统计期",
    cells=("t2.licensing.decisions", "t2.penalties.decisions", "t2.coercion.decisions", "t2.fees.amount"),
    examples=(
        {
            "title": "2023年第二季度",
            "opened_on": "2023-06-30",
            "data.starts_on": "2023-04-01",
            "data.licensing": "12",
            "data.penalties": "3",
            "data.coercion": "0",
            "data.fees": "3.5",
        },
    ),
)
