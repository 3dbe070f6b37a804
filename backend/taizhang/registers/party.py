"""The applicant (申请人): personal data, and how it is shown to those who may not read it. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from taizhang.core.schemas import BlankIsNone, Input


class PartyKind(StrEnum):
    """The six columns of table 三 (申请人情况)."""

    NATURAL = "natural"
    BUSINESS = "business"
    RESEARCH = "research"
    CHARITY = "charity"
    LEGAL = "legal"
    OTHER = "other"


PARTY_WORDS = {
    PartyKind.NATURAL: "自然人",
    PartyKind.BUSINESS: "商业企业",
    PartyKind.RESEARCH: "科研机构",
    PartyKind.CHARITY: "社会公益组织",
    PartyKind.LEGAL: "法律服务机构",
    PartyKind.OTHER: "其他组织",
}

_SIX = "、".join(PARTY_WORDS.values())


def _among_six(value: Any) -> Any:
    if value not in set(PartyKind):
        words = f"申请人类型只有六类：{_SIX}（国办公开办函〔2021〕30号，表三申请人情况）"
        raise PydanticCustomError("rule", "{words}", {"words": words})
    return value


class Party(Input):
    """申请人。姓名以外都可以不填；只收办理所需的。"""

    kind: Annotated[PartyKind, BeforeValidator(_among_six)] = Field(title="申请人类型")
    name: Annotated[str, Field(min_length=1, max_length=200, title="姓名或者名称")]
    id_number: Annotated[Annotated[str, Field(min_length=1, max_length=50)] | None, BlankIsNone] = None
    phone: Annotated[Annotated[str, Field(min_length=1, max_length=50)] | None, BlankIsNone] = None
    address: Annotated[Annotated[str, Field(min_length=1, max_length=300)] | None, BlankIsNone] = None
    email: Annotated[Annotated[str, Field(min_length=1, max_length=200)] | None, BlankIsNone] = None


PERSONAL = ("name", "id_number", "phone", "address", "email")
STAR = "*"


def masked(party: Party) -> dict[str, str | None]:
    """The personal data with what identifies the applicant covered."""
    return covered(party.model_dump(include=set(PERSONAL)), natural=party.kind is PartyKind.NATURAL)


def covered(values: Mapping[str, str | None], *, natural: bool) -> dict[str, str | None]:
    """Personal data by name, covered; a text of an unknown kind of applicant is taken for a person's.

    Enough stays for the handling unit to tell two cases apart, nothing with which to reach or find the person.
    """
    name, address, email = values.get("name"), values.get("address"), values.get("email")
    return {
        "name": _name(name, natural=natural) if name else None,
        "id_number": _tail(values.get("id_number")),
        "phone": _tail(values.get("phone")),
        "address": STAR * 6 if address else None,
        "email": _email(email),
    }


def _name(name: str, *, natural: bool) -> str:
    """李**; of an organ its first two characters."""
    left = 1 if natural else 2
    return name[:left] + STAR * 2 if len(name) > left else STAR * 3


def _tail(number: str | None) -> str | None:
    """The last two digits of a long number, nothing of a short one."""
    if number is None:
        return None
    return STAR * 6 + (number[-2:] if len(number) >= 8 else "")


def _email(email: str | None) -> str | None:
    if email is None:
        return None
    host = re.sub(r".*@", "", email)
    return f"{STAR * 4}@{host}" if "@" in email else STAR * 6
