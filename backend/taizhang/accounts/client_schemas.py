"""Shapes of API clients at the interface."""

import uuid
from datetime import date, datetime
from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from taizhang.access.permissions import Permission
from taizhang.core.paging import Page
from taizhang.core.schemas import Input, Output, Ref


def _network(text: str) -> str:
    try:
        return str(ip_network(text))
    except ValueError as error:
        raise PydanticCustomError("network", "不是地址或网段，如 10.1.2.3 或 10.1.0.0/16") from error


ClientName = Annotated[str, Field(min_length=2, max_length=100, description="名称，如“市级政务公开平台”")]
Scopes = Annotated[list[Permission], Field(min_length=1, max_length=40, description="授予的权限，见 permissions.md")]
Network = Annotated[str, Field(max_length=64), AfterValidator(_network)]
Networks = Annotated[list[Network], Field(max_length=50, description="容许的来源地址或网段；空则不限")]


class ClientCreate(Input):
    """登记一个外部系统。"""

    name: ClientName
    unit_id: uuid.UUID
    scopes: Scopes
    expires_on: Annotated[date, Field(description="凭据最后一天，至多一年")]
    allowed_ips: Networks = []


class ClientPatch(Input):
    """修改外部系统；没有给出的项不变。"""

    name: ClientName | None = None
    scopes: Scopes | None = None
    expires_on: date | None = None
    allowed_ips: Networks | None = None
    disabled: bool | None = None


class ClientPublic(Output):
    """外部系统；client_id 即其 id。"""

    id: uuid.UUID
    name: str
    unit: Ref
    scopes: list[str]
    allowed_ips: list[str]
    expires_on: date
    disabled: bool
    secret_made_at: datetime
    last_used_at: datetime | None
    version: int


class ClientPage(Page[ClientPublic]):
    """外部系统列表。"""


class ScopePublic(Output):
    """可以授予外部系统的一项权限。"""

    scope: str
    words: str


class ClientSecret(Output):
    """外部系统与其密钥；密钥只显示这一次，用同一幂等键重取时为空。"""

    client: ClientPublic
    client_secret: str | None


class ClientToken(Output):
    """RFC 6749 §5.1 的令牌应答。"""

    access_token: str
    token_type: str
    expires_in: int
    scope: str
