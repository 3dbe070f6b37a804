"""Registers of the demo (演示的专项台账): a few cases each on its clock, made step by step through the service.

People and organs are invented.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlmodel import Session

from taizhang.access.actor import Actor
from taizhang.core.clock import SHANGHAI
from taizhang.core.sealing import Keyring
from taizhang.demo import measured
from taizhang.registers import service
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.party import Party, PartyKind
from taizhang.registers.schemas import EntryCreate, EventCreate
from taizhang.registers.service import Keeping

NEEDED_UNTIL = date(2023, 9, 20)


class Step(NamedTuple):
    """An event on a day."""

    kind: str
    on: str
    data: Mapping[str, Any] = {}


class Kept(NamedTuple):
    """An entry and what happened to it."""

    login: str
    slug: str
    title: str
    ref_no: str | None
    opened_on: str
    data: Mapping[str, Any]
    steps: tuple[Step, ...] = ()
    party: Party | None = None


def _person(name: str, phone: str) -> Party:
    return Party(kind=PartyKind.NATURAL, name=name, id_number="510502199001010000", phone=phone)


def _firm(name: str) -> Party:
    return Party(kind=PartyKind.BUSINESS, name=name)


def _asks(content: str, channel: str = "in_person") -> dict[str, Any]:
    return {"channel": channel, "content": content, "section": "党政办公室", "openness": "on_request"}


REVIEWED = {"reviewer": "法律顾问", "opinion": "事实清楚，依据正确，同意答复。"}
KEPT = (
    Kept(
        "dashanping",
        "applications",
        "2022年社会救助资金发放情况",
        "大山坪依申请〔2023〕3号",
        "2023-08-02",
        _asks("申请公开2022年社会救助资金发放汇总情况"),
        (
            Step("legal_reviewed", "2023-08-21", REVIEWED),
            Step("decided", "2023-08-23", {"ground": "partly", "notice_no": "大山坪答〔2023〕3号"}),
            Step("sent", "2023-08-24", {"way": "post"}),
        ),
        _person("周志远", "13800000001"),
    ),
    Kept(
        "dashanping",
        "applications",
        "老旧小区改造项目招标文件",
        "大山坪依申请〔2023〕4号",
        "2023-08-28",
        _asks("申请公开某小区改造项目的招标文件"),
        (
            Step(
                "extended",
                "2023-09-18",
                {"days": 10, "approver": "政务公开科负责人", "notice_no": "大山坪延告〔2023〕1号"},
            ),
        ),
        _firm("泸州某建筑公司"),
    ),
    Kept(
        "dashanping",
        "applications",
        "社区公益岗位聘用名单",
        "大山坪依申请〔2023〕5号",
        "2023-09-07",
        _asks("申请公开公益岗位聘用名单"),
        (Step("consultation_started", "2023-09-13", {"asked_of": "名单所涉人员"}),),
        _person("吴小兰", "13800000002"),
    ),
    Kept(
        "dashanping",
        "applications",
        "征地补偿有关文件",
        "大山坪依申请〔2023〕6号",
        "2023-09-08",
        _asks("申请公开征地文件", "internet"),
        (
            Step("confirmed", "2023-09-11"),
            Step("correction_asked", "2023-09-14", {"items": "请写明地块与年度", "until": "2023-09-28"}),
        ),
        _person("郑国强", "13800000003"),
    ),
    Kept(
        "caizheng",
        "applications",
        "2021年部门预算调整情况",
        "江财依申请〔2023〕8号",
        "2023-08-14",
        _asks("申请公开预算调整情况"),
        (),
        _person("孙敏", "13800000004"),
    ),
    Kept(
        "caizheng",
        "normative-documents",
        "江阳区财政专项资金管理办法",
        "泸江财规〔2023〕2号",
        "2023-08-25",
        {"issuer": "unit", "effect": "in_force", "openness": "active", "secrecy_reviewer": "办公室"},
    ),
    Kept(
        "dashanping",
        "public-concerns",
        "背街小巷路灯不亮",
        "12345-20230815",
        "2023-08-15",
        {"channel": "hotline"},
        (Step("answered", "2023-08-18", {"result": "已修复", "satisfaction": "satisfied"}),),
    ),
    Kept(
        "dashanping",
        "media-accounts",
        "大山坪发布",
        "dashanping-fb",
        "2021-05-10",
        {"platform": "wechat", "approval_no": "江府办媒批〔2021〕7号", "last_posted_on": "2023-09-04"},
    ),
    Kept(
        "dashanping",
        "public-opinion",
        "网传某小区停水",
        None,
        "2023-09-19",
        {"gravity": "other", "found_at": "2023-09-19T09:20:00+08:00", "source": "本地论坛"},
    ),
    Kept(
        "dashanping",
        "column-checks",
        "社会救助专栏检查",
        None,
        "2023-09-12",
        {
            "column": "社会救助",
            "checked_by": "党政办公室",
            "problems": 1,
            "findings": "两条链接失效",
            "rectify_by": "2023-09-22",
        },
    ),
    Kept(
        "dashanping",
        "trainings",
        "依申请公开办理专题培训",
        None,
        "2023-06-15",
        {"sort": "special", "topic": "依申请公开办理", "people": 36, "lecturer": "区司法局"},
    ),
    Kept(
        "sifa",
        "consultations",
        "江阳区行政执法协调监督办法（征求意见稿）",
        None,
        "2023-07-10",
        {"ends_on": "2023-08-10"},
        (
            Step(
                "published",
                "2023-09-05",
                {"received": 12, "adopted": 7, "rejected_reason": "与上位规定不符的5条未采纳"},
            ),
        ),
    ),
)


def keep(session: Session, actors: Mapping[str, Actor], keys: Keyring, today: date) -> int:
    """Write the demo's entries; how many. None on a day before they had happened."""
    if today < NEEDED_UNTIL:
        return 0
    for kept in (*KEPT, *_measured()):
        data = EntryCreate(
            title=kept.title,
            ref_no=kept.ref_no,
            opened_on=date.fromisoformat(kept.opened_on),
            data=dict(kept.data),
            party=kept.party,
        )
        actor, kind = actors[kept.login], REGISTERS[kept.slug]
        entry = service.create(Keeping(session, actor, kind, keys, _at(kept.opened_on, 10)), data)
        for step in kept.steps:
            event = EventCreate(kind=step.kind, on=date.fromisoformat(step.on), data=dict(step.data))
            service.add_event(Keeping(session, actor, kind, keys, _at(step.on, 16)), entry.id, event, None)
    return len(KEPT) + len(_measured())


def _measured() -> list[Kept]:
    """What the indicators count, as the same kind of entry."""
    return [
        Kept(
            each.login,
            each.slug,
            each.title,
            None,
            each.opened_on,
            each.data,
            (Step(each.closed_by, each.closed_on, each.closing),) if each.closed_by and each.closed_on else (),
        )
        for each in measured.entries()
    ]


def _at(on: str, hour: int) -> datetime:
    return datetime.combine(date.fromisoformat(on), time(hour), tzinfo=SHANGHAI)
