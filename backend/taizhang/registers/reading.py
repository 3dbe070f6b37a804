"""Reading what was filled in (核对填写): a register's own model over the generic body, its faults as one problem."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from taizhang.core.clock import local_day
from taizhang.core.errors import MESSAGES, words_of
from taizhang.core.problems import FieldError, Invalid
from taizhang.registers.kind import Entry, Fault, Happened, RegisterKind
from taizhang.registers.schemas import EventCreate

MESSAGES["rule"] = "{words}"

Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], data: dict[str, Any]) -> Model:
    """The fields of ``#/data``, checked; an empty one counts as not given.

    Raises:
        Invalid: each fault with its pointer.
    """
    try:
        return model.model_validate({name: value for name, value in data.items() if value is not None})
    except ValidationError as error:
        labels = {name: field.title or name for name, field in model.model_fields.items()}
        errors = [_field_error(dict(item), labels) for item in error.errors(include_url=False, include_input=False)]
        raise Invalid("validation", "提交的内容有误", detail=_named(errors, labels), errors=errors) from error


def read_entry(kind: RegisterKind, data: dict[str, Any], opened_on: date) -> Entry:
    """An entry's own fields, checked each and together.

    Raises:
        Invalid: see :func:`read`.
    """
    entry = read(kind.entry, data)
    faults = list(entry.faults(opened_on))
    if faults:
        raise refused(faults)
    return entry


def refused(faults: Sequence[Fault]) -> Invalid:
    """Faults of the rules as one problem."""
    errors = [FieldError(f"#/{fault.field}", fault.code, fault.words) for fault in faults]
    return Invalid(
        "against-rule", "与规定不符", detail="；".join(dict.fromkeys(e.detail for e in errors)), errors=errors
    )


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """A step as filled in and checked by itself: its day settled, its fields by the step's own model."""

    kind: str
    on: date
    at: datetime | None
    reason: str | None
    data: BaseModel | None

    @property
    def happened(self) -> Happened:
        return Happened(self.kind, self.on, self.data, self.at)


def read_event(kind: RegisterKind, data: EventCreate, now: datetime) -> ReadEvent:
    """A step's own fields, checked; whether it may follow what went before is for the rules.

    Raises:
        Invalid: no such step here, its day or hour missing or to come, a field wrong.
    """
    form = kind.event(data.kind)
    if form is None:
        known = "、".join(each.title for each in kind.events) or "无"
        raise Invalid.field("#/kind", "event-unknown", f"{kind.title}没有这一步，可选：{known}")
    if form.by_hour and data.at is None:
        raise Invalid.field("#/at", "missing", f"请填写{form.on_words}，精确到时分")
    if data.at is not None and data.at > now:
        raise Invalid.field("#/at", "date-in-future", f"{form.on_words}不能晚于现在：没有发生的事不登记")
    on = local_day(data.at) if data.at else data.on
    if on is None:
        raise Invalid.field("#/on", "missing", f"请填写{form.on_words}")
    if form.form is None and data.data:
        raise Invalid.field(f"#/data/{next(iter(data.data))}", "extra_forbidden", "没有这一项")
    filled = read(form.form, data.data) if form.form else None
    return ReadEvent(data.kind, on, data.at, data.reason, filled)


def _field_error(item: dict[str, Any], labels: dict[str, str]) -> FieldError:
    place = "/".join(str(part) for part in item["loc"])
    return FieldError(f"#/data/{place}", item["type"], words_of(item))


def _named(errors: Sequence[FieldError], labels: dict[str, str]) -> str:
    def name(error: FieldError) -> str:
        first = error.pointer.removeprefix("#/data/").split("/")[0]
        return labels.get(first, first)

    return "；".join(f"{name(error)}：{error.detail}" for error in errors[:3])
