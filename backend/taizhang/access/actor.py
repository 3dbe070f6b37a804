"""Actor (操作人): who is calling and how far they can see. A value, read from the live row on every request."""

import uuid
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy.orm import Mapped

from taizhang.access.permissions import GRANTS, OWN_UNIT_ROLES, Permission, Role

Statement = TypeVar("Statement", bound=Select[Any])


@dataclass(frozen=True, slots=True)
class Actor:
    """``scope_path`` is the unit path below which this caller sees: the own unit, or the government it serves."""

    user_id: uuid.UUID
    username: str
    name: str
    role: Role
    unit_id: uuid.UUID
    unit_name: str
    unit_path: str
    scope_path: str
    scopes: frozenset[str] | None = None
    """What another system was granted out of what its role may do; None for a person."""

    def may(self, permission: Permission) -> bool:
        """Whether the role carries the permission at all, and, for another system, its grant."""
        return permission in GRANTS[self.role] and (self.scopes is None or permission in self.scopes)

    def within(self, scopes: frozenset[str]) -> "Actor":
        """The same actor, allowed no more than these."""
        return replace(self, scopes=scopes)

    @property
    def own_unit_only(self) -> bool:
        return self.role in OWN_UNIT_ROLES

    def sees(self, unit_path: str) -> bool:
        """Whether a unit's rows are within this caller's scope."""
        return unit_path == self.unit_path if self.own_unit_only else unit_path.startswith(self.scope_path)

    def scope(self, path: Mapped[str] | ColumnElement[str]) -> ColumnElement[bool]:
        """The same question as SQL, for the ``visible_to`` of a query."""
        return path == self.unit_path if self.own_unit_only else within(path, self.scope_path)


def within(path: Mapped[str] | ColumnElement[str], ancestor: str) -> ColumnElement[bool]:
    """Subtree test as one index range: path segments are of fixed width and sort below ``~``."""
    return and_(path >= ancestor, path < ancestor + "~")
