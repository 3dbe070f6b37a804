"""Guards (访问守卫): each route states its permission; a test walks the routes to prove it."""

from dataclasses import dataclass

from fastapi import Request

from taizhang.access.actor import Actor
from taizhang.access.permissions import Permission
from taizhang.core.problems import Forbidden, Unauthenticated


@dataclass(frozen=True)
class Requires:
    """Dependency: the caller, or 401/403. An instance, not a closure, so that tests can see it."""

    permission: Permission

    async def __call__(self, request: Request) -> Actor:
        actor: Actor | None = getattr(request.state, "actor", None)
        if actor is None:
            raise Unauthenticated
        if not actor.may(self.permission):
            raise Forbidden
        return actor
