"""Entries the demo's indicators count (演示的指标所据): reached, missed, late, not applicable, too few to say.

Documents, counts and accounts are invented.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from taizhang.core.clock import SHANGHAI
from taizhang.indicators import freezing, judging


class Measured(NamedTuple):
    """An entry, and the step that closes it."""

    login: str
    slug: str
    title: str
    opened_on: str
    data: Mapping[str, Any]
    closed_by: str | None = None
    closed_on: str | None = None
    closing: Mapping[str, Any] = {}


# Documents of the district government: who explained them, in what forms, published when.
_EXPLAINED = (
    ("zhengfuban", "关于促进消费提质扩容的实施意见", "2023-07-20", ("text", "chart"), "2023-07-20"),
    ("zhengfuban", "城市更新行动方案", "2023-08-03", ("text", "video"), "2023-08-03"),
    ("zhengfuban", "粮食安全应急预案", "2023-08-16", ("text",), "2023-08-16"),
    ("zhengfuban", "养老服务体系建设规划", "2023-09-01", ("chart",), "2023-09-04"),
    ("fagai", "重点项目管理办法", "2023-08-10", ("text",), "2023-08-10"),
    ("fagai", "节能减排工作方案", "2023-08-28", ("text",), "2023-08-31"),
    ("renshe", "稳岗扩就业若干措施", "2023-07-12", ("text", "chart"), "2023-07-12"),
    ("renshe", "高校毕业生就业服务方案", "2023-07-18", ("chart",), "2023-07-18"),
    ("renshe", "农民工工资支付保障办法", "2023-08-02", ("text",), "2023-08-02"),
    ("renshe", "职业技能提升行动方案", "2023-08-15", ("video",), "2023-08-15"),
    ("renshe", "创业担保贷款实施细则", "2023-08-22", ("text", "expert"), "2023-08-22"),
    ("renshe", "社保经办服务规程", "2023-09-06", ("text",), "2023-09-06"),
)
_TRAINED = (
    ("caizheng", "2023-05-18"),
    ("nancheng", "2023-07-26"),
    ("weijian", "2023-04-12"),
    ("zhengfuban", "2023-03-22"),
)
_MATCHED = (
    ("beicheng", "社会救助", 24, 24, "2023-08-18", "2023-08-25"),
    ("nancheng", "养老服务", 20, 17, "2023-08-24", None),
    ("tongtan", "农村危房改造", 15, 15, "2023-09-05", "2023-09-05"),
    ("weijian", "医疗卫生", 31, 31, "2023-08-10", "2023-08-21"),
)
_ACCOUNTS = (
    ("nancheng", "南城发布", "2020-06-01", "2020-05-20", "2023-09-18"),
    ("tongtan", "通滩印象", "2023-03-01", "2023-04-10", "2023-09-12"),
    ("weijian", "健康江阳", "2019-03-08", "2019-02-26", "2023-08-20"),
)
_DOCUMENTS = (
    ("zhengfuban", "江阳区人民政府关于划定禁止燃放烟花爆竹区域的通告", "2022-12-20", "government", "2023-09-05"),
    ("zhengfuban", "江阳区养犬管理办法", "2023-08-03", "government", None),
    ("zhujian", "江阳区物业服务管理细则", "2023-06-15", "unit", "2023-09-12"),
)


def entries() -> Iterator[Measured]:
    """Everything the indicators count, in no particular order."""
    for login, title, opened, forms, published in _EXPLAINED:
        data = {"document_title": title, "forms": list(forms), "for_government": True, "linked": True}
        yield Measured(login, "interpretations", f"《{title}》解读", opened, data, "published", published)
    for login, title, opened, issuer, searchable in _DOCUMENTS:
        data = {"issuer": issuer, "searchable_on": searchable, "openness": "active"}
        yield Measured(login, "normative-documents", title, opened, data, "published", opened)
    for login, opened in _TRAINED:
        data = {"sort": "special", "topic": "政务公开实务", "people": 28}
        yield Measured(login, "trainings", "政务公开专题培训", opened, data)
    for login, field, matters, covered, opened, done in _MATCHED:
        missing = None if covered == matters else "家庭医生签约、老年人补贴发放、机构收费公示三项缺内容"
        data = {"field": field, "matters": matters, "covered": covered, "missing": missing, "deadline": "2023-08-31"}
        yield Measured(login, "catalogue-checks", f"{field}目录对照", opened, data, "completed" if done else None, done)
    for login, title, opened, approved, posted in _ACCOUNTS:
        data = {"platform": "wechat", "approval_no": "江府办媒批", "approved_on": approved, "last_posted_on": posted}
        yield Measured(login, "media-accounts", title, opened, data)
    yield from _checks()
    yield from _disputes()


def _checks() -> Iterator[Measured]:
    by = {"checked_by": "政务公开科"}
    home = {"sort": "home", "column": "区政府门户网站首页", "last_updated_on": "2023-09-11", **by}
    news = {"sort": "news", "column": "部门动态", "last_updated_on": "2023-08-15", **by}
    blank = {"sort": "other", "column": "招考录用", "blank": True, "problems": 1, "findings": "栏目为空", **by}
    tested = {"sort": "accessibility", "column": "区政府门户网站群", "sites": 3, "passed": 2, **by}
    for title, data in (("首页检查", home), ("动态要闻检查", news), ("空白栏目检查", blank), ("适老化检测", tested)):
        yield Measured("zhengfuban", "column-checks", title, "2023-09-12", data)
    inspected = {"sort": "secrecy", "inspector": "区保密局", "inspected": "各街镇、区级部门门户网站信息"}
    yield Measured("zhengfuban", "secrecy-inspections", "政务公开保密专项检查", "2023-06-28", inspected)
    # Without it no unit's 标准化 work could be over, and none shown as made up for late.
    spot = {"sort": "standard", "inspector": "政务公开科", "inspected": "基层政务公开标准化规范化工作"}
    yield Measured("zhengfuban", "secrecy-inspections", "标准化规范化工作抽查", "2023-09-08", spot)
    for login, title, ends, published in (
        ("zhujian", "物业服务管理细则（征求意见稿）", "2023-05-20", "2023-07-03"),
        ("jiaotong", "公交线路优化方案", "2023-09-10", None),
    ):
        data = {"ends_on": ends, "short_reason": "线路调整须在开学前实施"}
        adopted = {"received": 9, "adopted": 4, "rejected_reason": "与现有规划不符"}
        opened = ends.replace("-20", "-01").replace("-10", "-01")
        closed_by = "published" if published else None
        yield Measured(login, "consultations", title, opened, data, closed_by, published, adopted if published else {})
    placed = {
        "gazette": "province",
        "issue": "2023年第15期",
        "venues": 16,
        "placed": 14,
        "places": "两个社区便民服务站",
    }
    yield Measured("shenpi", "gazettes", "省政府公报投放", "2023-08-30", placed)
    yield Measured("beicheng", "public-concerns", "老旧小区加装电梯进度", "2023-05-10", {"channel": "site"})


def _disputes() -> Iterator[Measured]:
    organ = {"organ": "江阳区人民政府"}
    for login, opened, closed, result in (
        ("dashanping", "2022-04-11", "2022-06-08", "corrected"),
        ("dashanping", "2022-09-05", "2022-11-02", "upheld"),
        ("dashanping", "2023-03-13", "2023-05-10", "upheld"),
        ("dashanping", "2023-05-22", "2023-07-19", "upheld"),
        ("caizheng", "2022-07-04", "2022-08-30", "upheld"),
        ("caizheng", "2023-04-03", "2023-05-31", "corrected"),
    ):
        yield Measured(login, "reviews", "不服政府信息公开答复", opened, organ, "concluded", closed, {"result": result})


def freeze(session: Session, today: datetime) -> int:
    """Judge by today and freeze the months gone by, as the night job would have; in April it did not run."""
    judging.judge_all(session, today.date())
    months = [month for month in range(1, today.month + 1) if month != 4]
    return sum(freezing.freeze(session, datetime(today.year, month, 1, 0, 20, tzinfo=SHANGHAI)) for month in months)
