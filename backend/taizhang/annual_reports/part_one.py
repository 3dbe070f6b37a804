"""Facts of part 一 (总体情况所述的数): the numbers every unit states there, in its five aspects. Data; pure."""

from typing import NamedTuple

ACTIVE, REQUESTS, KEEPING, PLATFORM, SUPPORT, FEES = (
    "主动公开",
    "依申请公开",
    "政府信息管理",
    "政府信息公开平台建设",
    "监督保障",
    "信息处理费",
)


class FactSpec(NamedTuple):
    """One number to state: its key, the aspect it belongs to, how it is called and counted."""

    key: str
    group: str
    label: str
    unit_words: str


FACTS: dict[str, FactSpec] = {
    spec.key: spec
    for spec in (
        FactSpec("info.total", ACTIVE, "累计公开政府信息", "条"),
        FactSpec("info.site", ACTIVE, "其中：政府网站", "条"),
        FactSpec("info.media", ACTIVE, "其中：政务新媒体", "条"),
        FactSpec("info.traditional", ACTIVE, "其中：报刊、电视、公示栏等传统载体", "条"),
        FactSpec("concerns.hotline", ACTIVE, "办理12345热线来件", "件"),
        FactSpec("concerns.site", ACTIVE, "办理网站留言、领导信箱来件", "件"),
        FactSpec("concerns.national", ACTIVE, "办理人民网、问政四川等来件", "件"),
        FactSpec("concerns.visit", ACTIVE, "办理来信来访", "件"),
        FactSpec("proposals.deputy", ACTIVE, "答复人大代表建议", "件"),
        FactSpec("proposals.member", ACTIVE, "答复政协提案", "件"),
        FactSpec("consultations.held", ACTIVE, "开展网上意见征集", "期"),
        FactSpec("interpretations.published", ACTIVE, "发布政策解读信息", "条"),
        FactSpec("interpretations.varied", ACTIVE, "其中：图解、视频等多元化形式", "条"),
        FactSpec("clearings.removed", KEEPING, "清理过时、失效信息", "条"),
        FactSpec("media.accounts", PLATFORM, "运行政务新媒体账号", "个"),
        FactSpec("columns.checked", PLATFORM, "检查专题专栏", "次"),
        FactSpec("trainings.held", SUPPORT, "组织政务公开培训", "次"),
        FactSpec("trainings.people", SUPPORT, "参加培训", "人次"),
        FactSpec("fees.notices", FEES, "发出收费通知", "件"),
        FactSpec("fees.notified", FEES, "通知收取金额", "元"),
        FactSpec("fees.received", FEES, "实际收取金额", "元"),
    )
}
