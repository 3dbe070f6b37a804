"""Shapes of letters at the interface."""

from datetime import date

from taizhang.core.schemas import Output
from taizhang.registers.letters.texts import LetterKind


class LetterOffer(Output):
    """一种文书：现在能不能制作、为什么。"""

    kind: LetterKind
    title: str
    ready: bool
    why: str
    on: date | None


class LetterList(Output):
    """这一件的文书；download 是我能不能下载（只有承办单位）。"""

    letters: list[LetterOffer]
    download: bool


class LetterPreview(Output):
    """文书的文字；申请人已遮掩，下载的文书里是原名。"""

    kind: LetterKind
    organ: str
    title: str
    number: str | None
    addressee: str
    paragraphs: list[str]
    dated: date
