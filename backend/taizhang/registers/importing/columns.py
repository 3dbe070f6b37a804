"""Columns of a register's workbook (台账工作簿的栏): one list for the template, the export and what is read back. Pure.

A column's key says where its value goes: ``title``, ``party.name``, ``data.channel``, ``events.decided.data.ground``.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from taizhang.registers.fields import FieldShape, InputKind, shapes
from taizhang.registers.kind import EventForm, RegisterKind
from taizhang.registers.kinds import REGISTERS
from taizhang.registers.party import PARTY_WORDS, PERSONAL

NUMBER, REMARKS = "序号", "错误说明"
MANUAL, EXAMPLE, OPTIONS = "填写说明", "示例", "选项"
MASKED = "申请人（已遮掩）"
# Computed, never typed: an export carries them, an import passes them over.
COMPUTED = ("到期日", "办结日", "状态", "灯", "结果", MASKED)
PARTY = "申请人"
EVENT_MARK = "："

_PARTY_LABELS = {
    "kind": "申请人类型",
    "name": "姓名或者名称",
    "id_number": "证件号、统一社会信用代码",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, under which band it stands, and how it is filled in.

    ``event`` names the step it belongs to. ``rare`` columns stand in an export that needs them, not in the template.
    """

    key: str
    heading: str
    band: str
    input: InputKind
    required: bool = False
    hint: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    event: str | None = None
    personal: bool = False
    rare: bool = False


@cache
def columns(slug: str) -> tuple[Column, ...]:
    """All columns a register's workbook may have, in their order; headings are distinct."""
    kind = REGISTERS[slug]
    own = [_of_field(shape, "data", band=shape.section, title=shape.label) for shape in kind.fields]
    return (
        Column("title", kind.title_words, kind.title, InputKind.LINE, required=True),
        Column("ref_no", kind.ref_words, kind.title, InputKind.LINE),
        Column("unit", "单位", kind.title, InputKind.LINE, hint="不填即导入的单位"),
        Column("opened_on", kind.opened_words, kind.title, InputKind.DATE, required=True),
        *(_party() if kind.party else ()),
        *own,
        *(_link(kind.links) if kind.links else ()),
        *(column for form in kind.events for column in _of_event(form)),
    )


@cache
def by_key(slug: str) -> dict[str, Column]:
    return {column.key: column for column in columns(slug)}


def _party() -> list[Column]:
    kinds = tuple((kind.value, words) for kind, words in PARTY_WORDS.items())
    found = [Column("party.kind", _PARTY_LABELS["kind"], PARTY, InputKind.CHOICE, required=True, options=kinds)]
    for name in PERSONAL:
        label, required = _PARTY_LABELS[name], name == "name"
        found.append(Column(f"party.{name}", label, PARTY, InputKind.LINE, required=required, personal=True))
    return found


def _link(slug: str) -> list[Column]:
    words = REGISTERS[slug]
    hint = f"本单位{words.title}台账里那一件的{words.ref_words}"
    return [Column("related", f"所涉{words.title}的{words.ref_words}", words.title, InputKind.LINE, hint=hint)]


def _of_field(shape: FieldShape, prefix: str, *, band: str, title: str, event: str | None = None) -> Column:
    return Column(
        f"{prefix}.{shape.name}", title, band, shape.input, shape.required, shape.hint, shape.options, event=event
    )


def _of_event(form: EventForm) -> list[Column]:
    day, kind = ("at", InputKind.MOMENT) if form.by_hour else ("on", InputKind.DATE)
    prefix = f"events.{form.kind}"

    def heading(words: str) -> str:
        return f"{form.title}{EVENT_MARK}{words}"

    hint = form.hint or None
    first = Column(f"{prefix}.{day}", heading(form.on_words), form.title, kind, hint=hint, event=form.kind)
    own = [
        _of_field(shape, f"{prefix}.data", band=form.title, title=heading(shape.label), event=form.kind)
        for shape in (shapes(form.form) if form.form else ())
    ]
    said = Column(f"{prefix}.reason", heading("补充说明"), form.title, InputKind.AREA, event=form.kind, rare=True)
    return [first, *own, said]


def plain_heading(text: str) -> str:
    """A heading without its marks: 必填 signs, blanks, full-width forms."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[*※]|\(必填\)|\(选填\)", "", plain)


@cache
def headings(slug: str) -> dict[str, str]:
    """Plain heading → key. A step's field may also go by its bare label where only one step asks for it."""
    found = {plain_heading(column.heading): column.key for column in columns(slug)}
    bare: dict[str, list[str]] = {}
    for column in columns(slug):
        if column.event:
            bare.setdefault(plain_heading(column.heading.split(EVENT_MARK, 1)[1]), []).append(column.key)
    return {words: keys[0] for words, keys in bare.items() if len(keys) == 1} | found


def ignored(slug: str) -> set[str]:
    """Headings of a workbook of ours that hold nothing to be read."""
    return {plain_heading(words) for words in (NUMBER, REMARKS, *COMPUTED)} - headings(slug).keys()


def of_step(kind: RegisterKind, event: str, name: str) -> str:
    """The column of a fault in a step: its day for ``on``, ``at`` and ``kind``, else the field named ``data/…``."""
    form = kind.event(event)
    day = f"events.{event}.{'at' if form and form.by_hour else 'on'}"
    key = f"events.{event}.{name.replace('/', '.')}"
    return day if name in ("on", "at", "kind") else key
