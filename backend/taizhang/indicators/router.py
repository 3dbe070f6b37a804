"""Routes of indicators (指标)."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from taizhang.access.actor import Actor
from taizhang.access.deps import Requires
from taizhang.access.permissions import Permission
from taizhang.core.clock import Now, Today
from taizhang.core.database import Transaction
from taizhang.core.paging import Paging, json_page
from taizhang.core.versions import IfMatch, etag
from taizhang.indicators import judging, queries, reading
from taizhang.indicators.reading import View
from taizhang.indicators.schemas import (
    CountedRowPage,
    IndicatorDetail,
    IndicatorList,
    IndicatorMatrix,
    OverruleInput,
)
from taizhang.plans import queries as plans
from taizhang.plans.judgements import Verdict
from taizhang.plans.models import DutyJudgement
from taizhang.plans.schemas import DutyJudgementPublic

router = APIRouter(tags=["指标"])

Reader = Annotated[Actor, Depends(Requires(Permission.INDICATOR_READ))]
Overruler = Annotated[Actor, Depends(Requires(Permission.JUDGEMENT_OVERRULE))]
Key = Annotated[str, Path(max_length=64, description="指标，如 interpretation-diversity")]


def _view(
    session: Transaction,
    actor: Reader,
    today: Today,
    year: Annotated[int | None, Query(ge=2000, le=2100, description="年度，不给为本年")] = None,
    unit: Annotated[uuid.UUID | None, Query(description="单位，含下级；不给为自己的单位或者所辖区")] = None,
    unit_id: Annotated[uuid.UUID | None, Query(description="同 unit")] = None,
) -> View:
    return reading.view(session, actor, year or today.year, unit or unit_id, today)


Viewed = Annotated[View, Depends(_view)]


@router.get("/indicators")
def list_indicators(session: Transaction, actor: Reader, view: Viewed) -> IndicatorList:
    """各项指标：由专项台账算出的数值、分子分母、目标与判定，期末冻结值，以及所据条目的链接（rows）。"""
    return reading.listing(session, view)


@router.get("/indicators/matrix")
def get_indicator_matrix(
    session: Transaction,
    actor: Reader,
    view: Viewed,
    verdict: Annotated[Verdict | None, Query(description="只列这一判定的格")] = None,
) -> IndicatorMatrix:
    """各单位 × 各指标。"""
    return reading.matrix(session, view, verdict)


@router.get("/indicators/{key}")
def get_indicator(session: Transaction, actor: Reader, view: Viewed, key: Key) -> IndicatorDetail:
    """一项指标：定义与依据、由它判定的要求、各单位的值、历期冻结值与现值。"""
    return reading.detail(session, actor, view, key)


@router.get("/indicators/{key}/rows", response_model=CountedRowPage)
def list_counted_rows(
    request: Request,
    session: Transaction,
    actor: Reader,
    view: Viewed,
    paging: Paging,
    key: Key,
    missing: Annotated[bool, Query(description="只列使指标够不着目标的")] = False,
) -> Response:
    """计入一项指标的台账条目，够不着目标的在前。"""
    queries.definition(key)
    statement = queries.counted_rows(key, view.span, view.reach, missing=missing)
    return json_page(session, statement, paging, request)


@router.put("/duty-judgements/{judgement_id}/overrule")
def overrule_judgement(
    session: Transaction,
    response: Response,
    actor: Overruler,
    judgement_id: uuid.UUID,
    data: OverruleInput,
    now: Now,
    if_match: IfMatch = None,
) -> DutyJudgementPublic:
    """改判一条要求，写明理由；台账与灯随之而变。须带 If-Match。"""
    return _answer(response, judging.overrule(session, actor, judgement_id, data, if_match, now=now))


@router.delete("/duty-judgements/{judgement_id}/overrule")
def restore_judgement(
    session: Transaction, response: Response, actor: Overruler, judgement_id: uuid.UUID, if_match: IfMatch = None
) -> DutyJudgementPublic:
    """撤回改判，仍以专项台账算出的为准。须带 If-Match。"""
    return _answer(response, judging.restore(session, actor, judgement_id, if_match))


def _answer(response: Response, found: DutyJudgement) -> DutyJudgementPublic:
    response.headers["ETag"] = etag(found.version)
    return plans.described_judgement(found)
