"""Reading what was filled in (核对填写): a register's own model over the generic body, its faults as one problem."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from taizhang.core.errors import MESSAGES, words_of
from taizhang.core.problems import FieldError, Invalid
from taizhang.registers.kind import Entry, Fault, Refused, RegisterKind

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


def of_refusal(error: Refused) -> Invalid:
    return refused(error.faults)


def _field_error(item: dict[str, Any], labels: dict[str, str]) -> FieldError:
    place = "/".join(str(part) for part in item["loc"])
    return FieldError(f"#/data/{place}", item["type"], words_of(item))


def _named(errors: Sequence[FieldError], labels: dict[str, str]) -> str:
    def name(error: FieldError) -> str:
        first = error.pointer.removeprefix("#/data/").split("/")[0]
        return labels.get(first, first)

    return "；".join(f"{name(error)}：{error.detail}" for error in errors[:3])
