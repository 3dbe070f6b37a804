"""The two walls (两道墙): the scope in every query, and row-level security behind it."""

import sys
from typing import Any

import pytest
from sqlalchemy import true

from taizhang.access import actor
from taizhang.access.actor import Actor
from taizhang.progress.ledger import listing, queries


@pytest.fixture(params=["both walls", "the database alone"])
def wall(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Either everything as it is, or every scope of the application gone, so that only the database's rules stand."""
    name: str = request.param
    if name == "the database alone":
        monkeypatch.setattr(Actor, "scope", lambda self, path: true())
        monkeypatch.setattr(Actor, "sees", lambda self, unit_path: True)
        _replace(monkeypatch, actor.within, lambda path, ancestor: true())
        _replace(monkeypatch, queries.in_sight, lambda caller: true())
    monkeypatch.setattr(listing, "_written", {})
    return name


def _replace(monkeypatch: pytest.MonkeyPatch, original: Any, substitute: Any) -> None:
    """Wherever it was imported by name."""
    for module in [module for name, module in sys.modules.items() if name.startswith("taizhang.")]:
        for name, value in list(vars(module).items()):
            if value is original:
                monkeypatch.setattr(module, name, substitute)
