"""Templates (网页模板): Mako. Every value is escaped unless it is markup already, and an unknown name is an error."""

from functools import lru_cache
from importlib import resources
from typing import Any

from mako.lookup import TemplateLookup
from markupsafe import Markup


def render(package: str, name: str, **values: Any) -> Markup:
    """A template of a package's ``templates`` folder with its values filled in."""
    return Markup(_lookup(package).get_template(name).render(**values))


@lru_cache(maxsize=16)
def style(package: str, name: str) -> str:
    """A stylesheet that lies beside the templates."""
    return resources.files(package).joinpath("templates", name).read_text("utf-8")


@lru_cache(maxsize=16)
def _lookup(package: str) -> TemplateLookup:
    folder = str(resources.files(package) / "templates")
    return TemplateLookup(directories=[folder], default_filters=["h"], strict_undefined=True)
