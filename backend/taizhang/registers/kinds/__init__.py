"""The registers (各专项台账): one small module each. To add a register, add a module with a ``KIND``."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from taizhang.registers.kind import RegisterKind


def discover(path: Iterable[str] | None = None) -> dict[str, RegisterKind]:
    """Every module's ``KIND`` by its slug, in the order they are shown.

    Raises:
        ValueError: two registers share a slug.
    """
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(path or __path__)]
    kinds: list[RegisterKind] = sorted((module.KIND for module in modules), key=lambda kind: kind.position)
    registers = {kind.slug: kind for kind in kinds}
    if len(registers) < len(kinds):
        raise ValueError("two registers share a slug")
    return registers


REGISTERS = discover()
