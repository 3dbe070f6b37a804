"""Grounds of decision (答复理由): which row of table 三 an answer belongs to, as data. Pure.

条例 is 《中华人民共和国政府信息公开条例》; rows are those of 国办公开办函〔2021〕30号. One case, one row: an answer
that separates what can be opened from what cannot counts under （二） alone.
"""

from collections.abc import Mapping
from typing import NamedTuple

from taizhang.registers.fields import Choice

REGULATION = "《政府信息公开条例》"


class Ground(Choice):
    """Why an application was decided as it was (答复理由)."""

    ALREADY_PUBLIC = "already_public", "已主动公开，告知获取方式、途径"
    GRANTED = "granted", "可以公开，提供或者告知何时提供"
    PARTLY = "partly", "含有不应当公开的内容，能够区分处理，部分公开"
    STATE_SECRET = "state_secret", "属于国家秘密"
    FORBIDDEN = "forbidden", "其他法律、行政法规禁止公开"
    SECURITY = "security", "危及国家安全、公共安全、经济安全、社会稳定"
    THIRD_PARTY = "third_party", "公开会损害第三方合法权益"
    INTERNAL = "internal", "人事管理、后勤管理、内部工作流程"
    PROCESS = "process", "讨论记录、过程稿、磋商信函、请示报告"
    ENFORCEMENT_FILE = "enforcement_file", "行政执法案卷信息"
    ADMINISTRATIVE_QUERY = "administrative_query", "工商、不动产登记资料等，依专门规定查询"
    NOT_FOUND = "not_found", "经检索没有所申请的信息"
    NOT_OURS = "not_ours", "不属于本机关负责公开"
    NEEDS_MAKING = "needs_making", "没有现成信息，需要加工、分析"
    STILL_UNCLEAR = "still_unclear", "补正后申请内容仍不明确"
    PETITION = "petition", "以申请名义进行信访、投诉、举报"
    REPEATED = "repeated", "重复申请"
    PUBLICATION = "publication", "要求提供政府公报、报刊、书籍等公开出版物"
    EXCESSIVE = "excessive", "申请数量、频次明显超过合理范围，理由不合理"
    CONFIRMING = "confirming", "要求确认或者重新出具已经获取的信息"
    NOT_CORRECTED = "not_corrected", "无正当理由逾期不补正"
    FEE_UNPAID = "fee_unpaid", "逾期未缴纳信息处理费"
    WITHDRAWN = "withdrawn", "申请人撤回"
    OTHER = "other", "其他（申请人死亡、终止，移送等）"


class Decision(NamedTuple):
    """What a ground leads to. ``ends`` says that the case is over with it: nothing is left to be sent."""

    answer: str
    row: str
    article: str
    ends: bool = False


_CLOSED, _UNABLE, _REFUSED, _DROPPED = "不予公开", "无法提供", "不予处理", "不再处理"

DECISIONS: Mapping[Ground, Decision] = {
    Ground.ALREADY_PUBLIC: Decision("予以公开", "r3.1", f"{REGULATION}第三十六条第一项"),
    Ground.GRANTED: Decision("予以公开", "r3.1", f"{REGULATION}第三十六条第二项"),
    Ground.PARTLY: Decision("部分公开", "r3.2", f"{REGULATION}第三十七条"),
    Ground.STATE_SECRET: Decision(_CLOSED, "r3.3.1", f"{REGULATION}第十四条"),
    Ground.FORBIDDEN: Decision(_CLOSED, "r3.3.2", f"{REGULATION}第十四条"),
    Ground.SECURITY: Decision(_CLOSED, "r3.3.3", f"{REGULATION}第十四条"),
    Ground.THIRD_PARTY: Decision(_CLOSED, "r3.3.4", f"{REGULATION}第十五条、第三十二条"),
    Ground.INTERNAL: Decision(_CLOSED, "r3.3.5", f"{REGULATION}第十六条第一款"),
    Ground.PROCESS: Decision(_CLOSED, "r3.3.6", f"{REGULATION}第十六条第二款"),
    Ground.ENFORCEMENT_FILE: Decision(_CLOSED, "r3.3.7", f"{REGULATION}第十六条第二款"),
    Ground.ADMINISTRATIVE_QUERY: Decision(_CLOSED, "r3.3.8", f"{REGULATION}第三十六条第七项"),
    Ground.NOT_FOUND: Decision(_UNABLE, "r3.4.1", f"{REGULATION}第三十六条第四项"),
    Ground.NOT_OURS: Decision(_UNABLE, "r3.4.1", f"{REGULATION}第三十六条第五项"),
    Ground.NEEDS_MAKING: Decision(_UNABLE, "r3.4.2", f"{REGULATION}第三十八条"),
    Ground.STILL_UNCLEAR: Decision(_UNABLE, "r3.4.3", f"{REGULATION}第三十条"),
    Ground.PETITION: Decision(_REFUSED, "r3.5.1", f"{REGULATION}第三十九条第一款"),
    Ground.REPEATED: Decision(_REFUSED, "r3.5.2", f"{REGULATION}第三十六条第六项"),
    Ground.PUBLICATION: Decision(_REFUSED, "r3.5.3", f"{REGULATION}第三十九条第二款"),
    Ground.EXCESSIVE: Decision(_REFUSED, "r3.5.4", f"{REGULATION}第三十五条"),
    Ground.CONFIRMING: Decision(_REFUSED, "r3.5.5", "国办公开办函〔2021〕30号，年度报告格式"),
    Ground.NOT_CORRECTED: Decision(_DROPPED, "r3.6.1", f"{REGULATION}第三十条", ends=True),
    Ground.FEE_UNPAID: Decision(_DROPPED, "r3.6.2", "《政府信息公开信息处理费管理办法》", ends=True),
    Ground.WITHDRAWN: Decision("终结", "r3.6.3", "国办公开办函〔2021〕30号，年度报告格式", ends=True),
    Ground.OTHER: Decision("终结", "r3.6.3", "国办公开办函〔2021〕30号，年度报告格式", ends=True),
}

ROW_WORDS: Mapping[str, str] = {
    "r3.1": "（一）予以公开",
    "r3.2": "（二）部分公开",
    "r3.3.1": "（三）不予公开 1.属于国家秘密",
    "r3.3.2": "（三）不予公开 2.其他法律行政法规禁止公开",
    "r3.3.3": "（三）不予公开 3.危及“三安全一稳定”",
    "r3.3.4": "（三）不予公开 4.保护第三方合法权益",
    "r3.3.5": "（三）不予公开 5.属于三类内部事务信息",
    "r3.3.6": "（三）不予公开 6.属于四类过程性信息",
    "r3.3.7": "（三）不予公开 7.属于行政执法案卷",
    "r3.3.8": "（三）不予公开 8.属于行政查询事项",
    "r3.4.1": "（四）无法提供 1.本机关不掌握相关政府信息",
    "r3.4.2": "（四）无法提供 2.没有现成信息需要另行制作",
    "r3.4.3": "（四）无法提供 3.补正后申请内容仍不明确",
    "r3.5.1": "（五）不予处理 1.信访举报投诉类申请",
    "r3.5.2": "（五）不予处理 2.重复申请",
    "r3.5.3": "（五）不予处理 3.要求提供公开出版物",
    "r3.5.4": "（五）不予处理 4.无正当理由大量反复申请",
    "r3.5.5": "（五）不予处理 5.要求行政机关确认或重新出具已获取信息",
    "r3.6.1": "（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "r3.6.2": "（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "r3.6.3": "（六）其他处理 3.其他",
}
