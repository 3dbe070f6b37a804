"""依申请公开: from receipt to sending, on the clock of articles 30 to 33; table 三 is made from it."""

from typing import Annotated

from pydantic import Field

from taizhang.calendars.rules import RECEIPTS, Channel
from taizhang.registers.application_steps import EVENTS
from taizhang.registers.applications import proceed
from taizhang.registers.fields import Choice, OptionalLine, asked, may
from taizhang.registers.grounds import ROW_WORDS
from taizhang.registers.kind import Due, Entry, Group, RegisterKind


class Arrival(Choice):
    """How the application came (提交方式, 条例第三十一条)."""

    IN_PERSON = Channel.IN_PERSON.value, RECEIPTS[Channel.IN_PERSON].name
    POST = Channel.POST.value, RECEIPTS[Channel.POST].name
    ORDINARY_MAIL = Channel.ORDINARY_MAIL.value, RECEIPTS[Channel.ORDINARY_MAIL].name
    INTERNET = Channel.INTERNET.value, RECEIPTS[Channel.INTERNET].name
    FAX = Channel.FAX.value, RECEIPTS[Channel.FAX].name


class Wish(Choice):
    """In what form the information is wanted (获取信息的方式)."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子邮件"
    COPY = "copy", "复制电子数据"
    READING = "reading", "当场阅读、抄录"


class Application(Entry):
    """一件政府信息公开申请。"""

    channel: Arrival = asked("提交方式", "申请", hint="决定收到申请之日怎么定（第三十一条）")
    content: Annotated[str, Field(min_length=1, max_length=5000)] = asked("申请内容", "申请", area=True, private=True)
    wish: Wish | None = may("获取信息的方式", "申请")
    document: OptionalLine = may(
        "所申请的文件名称", "申请", hint="同一份文件写同一个名称，由此列出申请频次高的文件，供评估审查（第四十四条）"
    )
    letter_no: OptionalLine = may("来信编号", "申请", hint="一封信拆成几件的，各件填同一个编号")
    section: OptionalLine = may("承办科室", "承办")
    handler: OptionalLine = may("承办人", "承办")


KIND = RegisterKind(
    slug="applications",
    title="依申请公开",
    group=Group.REQUEST,
    position=3,
    basis="《政府信息公开条例》第二十七条至第四十一条",
    summary="登记、确认、补正、征求意见、延期、法制审核、答复、送出；20个工作日内答复，表三由此产生。",
    entry=Application,
    opened_words="申请到达之日",
    title_words="申请事项",
    ref_words="登记号",
    due=Due("收到申请之日起20个工作日内答复，延期至多20个工作日", "《政府信息公开条例》第三十三条", rule="K5"),
    events=EVENTS,
    replay=proceed,
    party=True,
    outcomes=ROW_WORDS,
    indicators=("答复按期率", "争议发生率"),
    cells=("t3.r1", "t3.r2", *(f"t3.{row}" for row in ROW_WORDS), "t3.r4"),
    examples=(
        {
            "title": "2022年社会救助资金发放情况",
            "ref_no": "大山坪依申请〔2023〕3号",
            "opened_on": "2023-08-02",
            "party.kind": "自然人",
            "party.name": "张某某",
            "party.phone": "13800000000",
            "data.channel": "当面提交",
            "data.content": "申请公开2022年社会救助资金发放汇总情况",
            "data.wish": "纸质",
            "data.document": "2022年社会救助资金发放情况",
            "data.section": "党政办公室",
            "events.legal_reviewed.on": "2023-08-21",
            "events.legal_reviewed.data.reviewer": "法律顾问",
            "events.legal_reviewed.data.opinion": "同意答复",
            "events.decided.on": "2023-08-23",
            "events.decided.data.ground": "含有不应当公开的内容，能够区分处理，部分公开",
            "events.decided.data.notice_no": "大山坪答〔2023〕3号",
            "events.sent.on": "2023-08-24",
            "events.sent.data.way": "邮寄",
        },
        {
            "title": "征地补偿有关文件",
            "ref_no": "大山坪依申请〔2023〕6号",
            "opened_on": "2023-08-08",
            "party.kind": "商业企业",
            "party.name": "某某公司",
            "data.channel": "互联网渠道",
            "data.content": "申请公开征地文件",
            "events.confirmed.on": "2023-08-09",
            "events.correction_asked.on": "2023-08-14",
            "events.correction_asked.data.items": "请写明地块与年度",
            "events.correction_asked.data.until": "2023-08-28",
            "events.correction_received.on": "2023-08-22",
        },
    ),
)
