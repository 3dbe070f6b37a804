"""Routes of letters (依申请公开文书)."""

import uuid
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response

from taizhang.core.clock import Today
from taizhang.core.database import Transaction, apart
from taizhang.registers import letter_writing
from taizhang.registers.letter_schemas import LetterList, LetterPreview
from taizhang.registers.letters.layout import DOCX
from taizhang.registers.letters.texts import LetterKind
from taizhang.registers.router import Kind, PartyReader, Reader

router = APIRouter(tags=["依申请公开文书"])

Letter = Annotated[LetterKind, Path(description="文书种类")]


@router.get("/registers/{slug}/entries/{entry_id}/letters")
def list_letters(session: Transaction, actor: Reader, kind: Kind, entry_id: uuid.UUID, today: Today) -> LetterList:
    """这一件的各种文书：登记回执、补正告知书、延期告知书、征求意见函、答复书，现在能制作哪些、其余等什么。"""
    return letter_writing.listed(session, actor, kind, entry_id, today)


@router.get(
    "/registers/{slug}/entries/{entry_id}/letters/{letter}.docx",
    response_class=Response,
    responses={200: {"content": {DOCX: {}}}},
)
def download_letter(
    request: Request, actor: PartyReader, kind: Kind, entry_id: uuid.UUID, letter: Letter, today: Today
) -> Response:
    """一份文书（docx），公文版式，期限附推算过程。只有承办单位可以下载，每下载一次在审计日志记一次。"""
    keys = request.app.state.party_keys()
    with apart(request) as session:  # it is written down before it is given
        name, content = letter_writing.written(session, actor, kind, entry_id, letter, keys, today)
        session.commit()
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=DOCX, headers=headers)


@router.get("/registers/{slug}/entries/{entry_id}/letters/{letter}")
def preview_letter(
    session: Transaction, actor: Reader, kind: Kind, entry_id: uuid.UUID, letter: Letter, today: Today
) -> LetterPreview:
    """一份文书的文字，申请人已遮掩。"""
    return letter_writing.previewed(session, actor, kind, entry_id, letter, today)
