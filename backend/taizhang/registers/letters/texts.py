"""The text of every letter (文书文字), in one place: a district that words them otherwise changes them here. Pure.

``{you}`` is 您 or 贵单位; what stands in other braces is filled from the case. Each paragraph is one line.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from taizhang.calendars.rules import Channel
from taizhang.registers.grounds import DECISIONS, Ground

REGULATION = "《中华人民共和国政府信息公开条例》"
# 行政复议法2023年修订，2024年1月1日起施行：第二十三条列入“申请政府信息公开，行政机关不予公开”。
REVIEW_FIRST_SINCE = date(2024, 1, 1)
REVIEW_FIRST_ANSWERS = frozenset({"不予公开", "部分公开"})


class LetterKind(StrEnum):
    """Which letter (文书种类)."""

    RECEIPT = "receipt"
    CORRECTION = "correction"
    EXTENSION = "extension"
    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    ANSWER = "answer"


TITLES: Mapping[LetterKind, str] = {
    LetterKind.RECEIPT: "政府信息公开申请登记回执",
    LetterKind.CORRECTION: "政府信息公开申请补正告知书",
    LetterKind.EXTENSION: "政府信息公开申请延长答复期限告知书",
    LetterKind.THIRD_PARTY: "政府信息公开征求第三方意见函",
    LetterKind.CO_MAKER: "政府信息公开征求意见函",
    LetterKind.ANSWER: "政府信息公开申请答复书",
}

CAME: Mapping[Channel, str] = {
    Channel.IN_PERSON: "当面提交",
    Channel.POST: "邮寄提交",
    Channel.ORDINARY_MAIL: "以平常信函提交",
    Channel.INTERNET: "通过互联网提交",
    Channel.FAX: "以传真提交",
}

OPENING = "{you}于{opened_on}{came}的政府信息公开申请，本机关已收悉，登记号为{ref_no}。"
ASKED = "{you}申请公开的内容为：{content}"

RECEIPT: tuple[str, ...] = (
    OPENING,
    ASKED,
    f"根据{REGULATION}第三十一条的规定，本件收到申请之日为{{received_on}}。"
    f"根据{REGULATION}第三十三条的规定，本机关将于{{due_on}}前答复。期限推算如下：{{statement}}",
    "征求第三方和其他机关意见所需时间不计算在上述期限内；需要延长答复期限、需要{you}补正申请内容的，本机关将另行书面告知。",
    "查询办理情况，请与{section}联系，并告知登记号。",
)
RECEIPT_WAITING = (
    OPENING,
    ASKED,
    f"根据{REGULATION}第三十一条的规定，{{came}}的申请，以双方确认之日为收到申请之日。"
    "请{you}与{section}联系确认；确认之后，本机关自次一工作日起计算答复期限。",
)
CORRECTION = (
    OPENING,
    ASKED,
    f"经审查，{{you}}的申请内容不明确。根据{REGULATION}第三十条的规定，请于{{until}}前补正下列事项：",
    "{items}",
    "本机关收到补正的申请之日起，重新计算答复期限。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
    "补正材料请送{section}，并注明登记号{ref_no}。",
)
EXTENSION = (
    OPENING,
    "因{reason}，本件不能在原定期限{base_due_on}前答复。",
    f"根据{REGULATION}第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，答复期限延长{{days}}个工作日，"
    "延长后的答复期限至{due_on}。期限推算如下：{statement}",
)
THIRD_PARTY = (
    "本机关收到一件政府信息公开申请，登记号为{ref_no}，申请公开的内容为：{content}",
    "该信息涉及{recipient}的合法权益。"
    f"根据{REGULATION}第三十二条的规定，请自收到本函之日起15个工作日内，就是否同意公开书面提出意见，不同意的请说明理由"
    "（以本函发出之日收到计，至{until}）。",
    "逾期未提出意见的，由本机关依照条例的规定决定是否公开。不同意公开且有合理理由的，本机关不予公开；"
    "但认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的内容和理由书面告知。",
    "意见请送{section}。",
)
CO_MAKER = (
    "本机关收到一件政府信息公开申请，登记号为{ref_no}，申请公开的内容为：{content}",
    "该信息由本机关牵头、与{recipient}共同制作。"
    f"根据{REGULATION}第三十四条的规定，请自收到本函之日起15个工作日内提出意见，逾期未提出意见的视为同意公开"
    "（以本函发出之日收到计，至{until}）。",
    "意见请送{section}。",
)

ANSWER_OPENING = (
    "{you}于{opened_on}{came}的政府信息公开申请，登记号为{ref_no}，申请公开的内容为：{content}",
    "本机关收到申请之日为{received_on}。{course}经审查，现答复如下：",
)
COURSE_CORRECTED = "期间告知{you}补正，于{corrected_on}收到补正。"
COURSE_CONSULTED = "期间依法征求了有关方面的意见。"
COURSE_EXTENDED = "期间经批准延长答复期限{days}个工作日，已告知{you}。"

_CLOSED = "，本机关决定不予公开。{summary}"

# What is decided, by ground; the article is cited before it.
DECIDED: Mapping[Ground, str] = {
    Ground.ALREADY_PUBLIC: "{you}申请公开的政府信息已经主动公开，获取的方式、途径为：{summary}",
    Ground.GRANTED: "{you}申请公开的政府信息可以公开，现予以公开。{summary}",
    Ground.PARTLY: "{you}申请公开的政府信息中含有不应当公开的内容，能够作区分处理。本机关公开其中可以公开的部分，"
    "对不予公开的部分说明理由如下：{summary}",
    Ground.STATE_SECRET: "{you}申请公开的政府信息依法确定为国家秘密" + _CLOSED,
    Ground.FORBIDDEN: "{you}申请公开的政府信息属于法律、行政法规禁止公开的政府信息" + _CLOSED,
    Ground.SECURITY: "{you}申请公开的政府信息公开后可能危及国家安全、公共安全、经济安全、社会稳定" + _CLOSED,
    Ground.THIRD_PARTY: "{you}申请公开的政府信息涉及商业秘密、个人隐私，公开会对第三方合法权益造成损害" + _CLOSED,
    Ground.INTERNAL: "{you}申请公开的信息属于人事管理、后勤管理、内部工作流程等内部事务信息" + _CLOSED,
    Ground.PROCESS: "{you}申请公开的信息属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、"
    "磋商信函、请示报告等过程性信息" + _CLOSED,
    Ground.ENFORCEMENT_FILE: "{you}申请公开的信息属于行政执法案卷信息" + _CLOSED,
    Ground.ADMINISTRATIVE_QUERY: "{you}申请公开的信息属于工商、不动产登记资料等信息，"
    "有关法律、行政法规对获取有特别规定，请依照其规定办理：{summary}",
    Ground.NOT_FOUND: "经检索，本机关没有{you}申请公开的政府信息，该政府信息不存在。{summary}",
    Ground.NOT_OURS: "{you}申请公开的政府信息不属于本机关负责公开。{summary}",
    Ground.NEEDS_MAKING: "{you}申请公开的信息需要本机关对现有政府信息进行加工、分析，本机关不予提供。{summary}",
    Ground.STILL_UNCLEAR: "{you}补正之后，申请内容仍不明确，本机关无法提供。{summary}",
    Ground.PETITION: "{you}以政府信息公开申请的形式进行信访、投诉、举报等活动，本机关不作为政府信息公开申请处理；"
    "请通过相应渠道提出。{summary}",
    Ground.REPEATED: "{you}就同一内容向本机关提出过申请，本机关已经作出答复，不予重复处理。{summary}",
    Ground.PUBLICATION: "{you}申请的内容为要求提供政府公报、报刊、书籍等公开出版物，获取的途径为：{summary}",
    Ground.EXCESSIVE: "{you}申请公开政府信息的数量、频次明显超过合理范围，"
    "所说明的理由不合理，本机关不予处理。{summary}",
    Ground.CONFIRMING: "{you}要求本机关确认或者重新出具已经获取的政府信息，本机关不予处理。{summary}",
    Ground.NOT_CORRECTED: "本机关书面告知{you}补正，{you}无正当理由逾期不补正，视为放弃申请，本机关不再处理。{summary}",
    Ground.FEE_UNPAID: "本机关通知{you}缴纳信息处理费，{you}逾期未缴纳，本机关不再处理。{summary}",
    Ground.WITHDRAWN: "{you}撤回申请，本机关终结办理。{summary}",
    Ground.OTHER: "本件终结办理。{summary}",
}

REMEDY_EITHER = (
    "如对本答复不服，可以自收到本答复书之日起60日内向{authority}申请行政复议，"
    "或者自收到本答复书之日起6个月内依法向人民法院提起行政诉讼。"
)
REMEDY_REVIEW_FIRST = (
    "如对本答复不服，应当自收到本答复书之日起60日内先向{authority}申请行政复议"
    "（《中华人民共和国行政复议法》第二十三条）；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内"
    "依法向人民法院提起行政诉讼。"
)
# 信访、出版物等也是答复，申请人同样可以救济；撤回的没有可以不服的。
NO_REMEDY = frozenset({Ground.WITHDRAWN})


def remedy(ground: Ground, decided_on: date) -> str | None:
    """The remedy clause of an answer; None where there is nothing to be against."""
    if ground in NO_REMEDY:
        return None
    first = decided_on >= REVIEW_FIRST_SINCE and DECISIONS[ground].answer in REVIEW_FIRST_ANSWERS
    return REMEDY_REVIEW_FIRST if first else REMEDY_EITHER
