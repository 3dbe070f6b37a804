"""Schemas (接口数据形状): inputs forbid what they do not know, outputs promise every field."""

import re
import unicodedata
import uuid
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

# Control characters other than tab and line ends, bidirectional overrides, lone surrogates and non-characters:
# none has a place in a notice, and they make docx and xlsx writers fail later.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def fit_text(value: str) -> str:
    """The text in NFC with plain line ends, or a validation error if it holds characters no document can carry."""
    if UNFIT.search(value):
        raise PydanticCustomError("text_unfit", "含有不可见的控制字符")
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))


def _fit_everywhere(data: Any) -> Any:
    if isinstance(data, str):
        return fit_text(data)
    if isinstance(data, dict):
        return {key: _fit_everywhere(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_fit_everywhere(value) for value in data]
    return data


class Input(BaseModel):
    """What a caller sends. Unknown fields are refused by name."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _fit(cls, data: Any) -> Any:
        return _fit_everywhere(data)


class Output(BaseModel):
    """What we answer. Every field is always present."""

    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class Ref(Output):
    """A named thing elsewhere."""

    id: uuid.UUID
    name: str


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


BlankIsNone = BeforeValidator(_blank_is_none)
"""In front of ``Annotated[str, …] | None``: an empty box on a page is no value."""

Name = Annotated[str, Field(min_length=1, max_length=200)]
ShortText = Annotated[str, Field(max_length=500)]
LongText = Annotated[str, Field(max_length=20_000)]
OptionalText = Annotated[ShortText | None, BlankIsNone]
Query = Annotated[
    str | None, Field(max_length=100), AfterValidator(lambda q: fit_text(q).strip() or None if q else None)
]
