"""Fields (栏目): what a form asks for, read off the pydantic model that checks the answers. Pure.

One description serves the check, the form on the page, the columns of the export and the contract.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from taizhang.core.schemas import BlankIsNone


class Choice(StrEnum):
    """A value and its Chinese word: ``PLAIN = "plain", "文字"``."""

    words: str

    def __new__(cls, value: str, words: str) -> "Choice":
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core))
        schema["x-words"] = {member.value: member.words for member in cls}
        return schema


class InputKind(StrEnum):
    """How a field is asked for on the page."""

    LINE = "line"
    AREA = "area"
    DATE = "date"
    MOMENT = "moment"
    INTEGER = "integer"
    AMOUNT = "amount"
    CHECK = "check"
    CHOICE = "choice"
    CHOICES = "choices"


Line = Annotated[str, Field(min_length=1, max_length=200)]
OptionalLine = Annotated[Line | None, BlankIsNone]
Area = Annotated[str, Field(min_length=1, max_length=5000)]
OptionalArea = Annotated[Area | None, BlankIsNone]
Url = Annotated[str, Field(max_length=1000, pattern=r"^https?://\S+$")]
OptionalUrl = Annotated[Url | None, BlankIsNone]
Count = Annotated[int, Field(ge=0, le=100_000_000)]

BASIC = "基本情况"


def asked(
    title: str, section: str = BASIC, *, hint: str | None = None, area: bool = False, private: bool = False
) -> Any:
    """A field that must be filled in. ``private`` keeps its value out of the audit log."""
    return Field(title=title, description=hint, json_schema_extra=_extra(section, area=area, private=private))


def may(title: str, section: str = BASIC, *, hint: str | None = None, area: bool = False, default: Any = None) -> Any:
    """A field that may be left empty."""
    return Field(default, title=title, description=hint, json_schema_extra=_extra(section, area=area, private=False))


def _extra(section: str, *, area: bool, private: bool) -> dict[str, Any]:
    extra: dict[str, Any] = {"x-section": section}
    if area:
        extra["x-area"] = True
    if private:
        extra["x-private"] = True
    return extra


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field as a form needs it."""

    name: str
    label: str
    hint: str | None
    section: str
    input: InputKind
    required: bool
    private: bool
    options: tuple[tuple[str, str], ...]
    longest: int | None
    least: float | None
    most: float | None


@cache
def shapes(model: type[BaseModel]) -> tuple[FieldShape, ...]:
    """The fields of a model, in order."""
    whole = model.model_json_schema()
    required = set(whole.get("required", ()))
    definitions = whole.get("$defs", {})
    return tuple(
        _shape(name, schema, definitions, required=name in required)
        for name, schema in whole.get("properties", {}).items()
    )


def _shape(name: str, schema: dict[str, Any], definitions: dict[str, Any], *, required: bool) -> FieldShape:
    core = _core(schema, definitions)
    items = _core(core.get("items", {}), definitions)
    chosen = core if core.get("x-words") else items
    words = chosen.get("x-words") or {}
    return FieldShape(
        name=name,
        label=schema.get("title", name),
        hint=schema.get("description"),
        section=schema.get("x-section", BASIC),
        input=_input(schema, core, items),
        required=required,
        private=schema.get("x-private", False),
        # pydantic sorts the keys of what is not its own; the order written down is that of the enum.
        options=tuple((value, words[value]) for value in chosen.get("enum", ()) if value in words),
        longest=core.get("maxLength"),
        least=core.get("minimum"),
        most=core.get("maximum"),
    )


def _core(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema behind nullables and references."""
    for option in _options(schema):
        if "$ref" in option:
            return _core(definitions[option["$ref"].rsplit("/", 1)[1]], definitions)
        if option.get("type") != "null":
            return option if "anyOf" not in option else _core(option, definitions)
    return schema


def _options(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from schema.get("anyOf", ())
    yield from schema.get("allOf", ())
    if "$ref" in schema:
        yield {"$ref": schema["$ref"]}


_BY_TYPE = {"integer": InputKind.INTEGER, "number": InputKind.AMOUNT, "boolean": InputKind.CHECK}
_BY_FORMAT = {"date": InputKind.DATE, "date-time": InputKind.MOMENT}


def _input(schema: dict[str, Any], core: dict[str, Any], items: dict[str, Any]) -> InputKind:
    if schema.get("x-area"):
        return InputKind.AREA
    if items.get("x-words"):
        return InputKind.CHOICES
    if core.get("x-words"):
        return InputKind.CHOICE
    return _BY_FORMAT.get(core.get("format", "")) or _BY_TYPE.get(core.get("type", ""), InputKind.LINE)
