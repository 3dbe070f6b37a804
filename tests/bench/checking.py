"""An annual report to check: every cell filled, a few wrong, last year's beside it, prose of the usual length."""

import statistics
import time
from typing import Any

from taizhang.annual_reports import examining
from taizhang.annual_reports.forms import FORM_2021, present, with_sums
from taizhang.annual_reports.report_schemas import CheckRequest

FIGURES = (
    "（二）依申请公开\n2023年，新收政府信息公开申请42件，上年结转0件，办结40件，其中予以公开13件、部分公开18件、"
    "无法提供9件，结转下年度2件。\n制发行政规范性文件3件，现行有效行政规范性文件20件，作出行政许可决定1,234件。\n"
)
ELSE = (
    "围绕年度重点任务，细化责任分工，完善公开目录，规范发布流程，主动回应群众关切，持续提升公开质量和服务水平。"
    "全年办理12345热线来件5,210件，人大代表建议12件，开展培训4次，发布各类信息1,563条，解读政策文件21件。\n"
)


def request() -> dict[str, Any]:
    """The body of one request."""
    leaves: dict[str, int | None] = dict.fromkeys(FORM_2021.leaves, 0)
    leaves |= {"t3.r1.natural": 41, "t3.r1.other": 1, "t3.r3.1.natural": 40, "t3.r4.natural": 2}
    figures = present(FORM_2021, with_sums(FORM_2021, leaves))
    overview = FIGURES + ELSE * 45
    return {
        "year": 2023,
        "form": "2021",
        "scope": "government",
        "figures": figures,
        "previous": {"figures": figures, "texts": {"overview": overview.replace("2023", "2022")}},
        "texts": {"overview": overview, "problems": "一是解读形式不多。", "other": "未收取信息处理费。"},
    }


def report(*, rounds: int) -> None:
    """CPU of checking one annual report as it comes off the wire: figures, last year's, and 5,000 letters of prose."""
    asked = request()
    examining.check_request(CheckRequest.model_validate(asked))
    spent = []
    for _ in range(rounds * 10):
        started = time.process_time()
        examining.check_request(CheckRequest.model_validate(asked)).model_dump_json()
        spent.append(time.process_time() - started)
    print(f"POST /annual-reports/check（CPU）    {statistics.median(spent) * 1000:8.2f} 毫秒（目标 ≤ 5）", flush=True)
