"""Columns (数据列): the table base and the few column shapes every model uses.

Comments are required on every column: DBAs and integrators read the database before the code.
"""

import re
import uuid
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Column, Enum, ForeignKeyConstraint, MetaData, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of every table: its own metadata, constraint names that can be translated, snake_case names."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def primary_key(comment: str = "主键（UUIDv7，由数据库生成）") -> Any:
    """Field: a UUIDv7 made by the database, so that keys sort by time of creation."""
    return Field(
        default=None,
        primary_key=True,
        sa_column_kwargs={"server_default": func.uuidv7(), "comment": comment},
    )


def foreign_key(target: str, comment: str, *, nullable: bool = False, index: bool = True, cascade: bool = False) -> Any:
    """Field: a UUID reference such as ``unit.id``; ``cascade``: what is computed goes with what it was computed of."""
    default: dict[str, Any] = {"default": None} if nullable else {}
    if cascade:
        default["ondelete"] = "CASCADE"
    return Field(foreign_key=target, nullable=nullable, index=index, sa_column_kwargs={"comment": comment}, **default)


def of_one_unit(column: str, table: str) -> ForeignKeyConstraint:
    """Table argument: what ``column`` points to belongs to the same unit. The other table wants :func:`owned`."""
    return ForeignKeyConstraint(["unit_id", column], [f"{table}.unit_id", f"{table}.id"])


def owned() -> UniqueConstraint:
    """Table argument: what may be pointed to together with its unit."""
    return UniqueConstraint("unit_id", "id")


def text_column(comment: str, *, nullable: bool = False, default: str | None = None) -> Any:
    """Field: unbounded text (bounds are the input schema's business)."""
    return Field(default=default, sa_type=Text, nullable=nullable, sa_column_kwargs={"comment": comment})


def string_column(length: int, comment: str, *, nullable: bool = False, **rest: Any) -> Any:
    """Field: bounded text."""
    if nullable:
        rest.setdefault("default", None)
    return Field(max_length=length, nullable=nullable, sa_column_kwargs={"comment": comment}, **rest)


def plain(comment: str, **rest: Any) -> Any:
    """Field: a number, date, time or boolean whose type follows from the annotation."""
    return Field(sa_column_kwargs={"comment": comment}, **rest)


def enum_column(members: type[StrEnum], comment: str, *, nullable: bool = False, **rest: Any) -> Any:
    """Field: VARCHAR + CHECK holding the members' *values*; native enums outlive their tables on downgrade."""
    if nullable:
        rest.setdefault("default", None)
    kind = Enum(
        members,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda enum: [member.value for member in enum],
        length=32,
        name=re.sub(r"(?<!^)(?=[A-Z])", "_", members.__name__).lower(),
    )
    return Field(sa_type=kind, nullable=nullable, sa_column_kwargs={"comment": comment}, **rest)


def jsonb_column(comment: str, *, nullable: bool = False, **rest: Any) -> Any:
    """Field: JSONB. Assign a new value to change it; in-place edits are not tracked."""
    if nullable:
        rest.setdefault("default", None)
    return Field(sa_type=JSONB, nullable=nullable, sa_column_kwargs={"comment": comment}, **rest)


def version_column() -> Any:
    """Field: the optimistic lock, served as the record's ETag."""
    return Field(
        default=1, nullable=False, sa_column_kwargs={"comment": "版本号（乐观锁，即 ETag）", "server_default": "1"}
    )


def path_column() -> Any:
    """Column type for a unit path: byte order, so that a subtree is one index range."""
    return Field(
        sa_column=Column(
            Text(collation="C"), nullable=False, index=True, comment="机构路径（定长分段，按字节序，子树即区间）"
        )
    )


Key = uuid.UUID
