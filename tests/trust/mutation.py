"""Mutation testing (变异测试) of the token check and the rules of logging in.

A small change is made to the module — a comparison turned round, a number off by one, a refusal left out — and the
table of forged tokens and a few plain facts are asked whether they notice. Our own runner and not mutmut, because the
table answers in milliseconds without starting pytest, some hundred times faster.
"""

import ast
import copy
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.accounts.forgeries import (
    CLIENT,
    OLDER,
    SECRET,
    SESSION,
    USER,
    after,
    all_forged,
    claims,
    forge,
    header,
    key_id,
    refuses,
    sized,
)

GATE = 0.90
WEAK = ("", "null", "A" * 42, "A" * 42 + "!", "A!" * 44, "c2hvcnQ" * 5)
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mod: ast.Mult}


def mutated(node: ast.AST) -> list[tuple[str, Any]]:
    """Every small change of one node, each as a field and its new value."""
    match node:
        case ast.Compare(ops=[ast.cmpop() as op]) if type(op) in COMPARISONS:
            return [("ops", [COMPARISONS[type(op)]()])]
        case ast.BoolOp(op=op):
            return [("op", ast.And() if isinstance(op, ast.Or) else ast.Or())]
        case ast.BinOp(op=ast.operator() as arithmetic) if type(arithmetic) in ARITHMETIC:
            return [("op", ARITHMETIC[type(arithmetic)]())]
        case ast.Constant(value=value):
            return [("value", other) for other in _others(value)]
        case ast.Raise():
            return [("exc", ast.Name("None", ast.Load()))]
        case ast.Return(value=ast.AST()):
            return [("value", ast.Constant(None))]
        case ast.If():
            return [("test", ast.Constant(False)), ("test", ast.Constant(True))]
        case ast.Tuple(elts=elements) if len(elements) > 1:
            return [("elts", elements[:at] + elements[at + 1 :]) for at in range(len(elements))]
        case _:
            return []


def _others(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return [value + "x"]
    return [value + b"x"] if isinstance(value, bytes) else []


def skipped(tree: ast.Module) -> set[int]:
    """What carries no behaviour: docstrings, annotations, and the words of messages."""
    passed: set[int] = set()

    def leave_out(node: ast.AST | None) -> None:
        passed.update(id(inner) for inner in ast.walk(node)) if node is not None else None

    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            first = node.body[0]
            leave_out(first if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else None)
        if isinstance(node, ast.FunctionDef):
            leave_out(node.returns)
            leave_out(node.args)
        if isinstance(node, ast.AnnAssign):
            leave_out(node.annotation)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("WeakSecret", "RuntimeError", "dataclass"):
            leave_out(node)
    return passed


def mutants(source: str) -> Iterator[tuple[str, ast.Module]]:
    """Every mutant of a module, with where it differs."""
    tree = ast.parse(source)
    passed = skipped(tree)
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        if id(node) in passed:
            continue
        for field, value in mutated(node):
            copied = copy.deepcopy(tree)
            target = list(ast.walk(copied))[index]
            before = ast.unparse(node)
            setattr(target, field, value)
            yield f"{getattr(node, 'lineno', 0)}: {before}  →  {ast.unparse(target)}", ast.fix_missing_locations(copied)


def loaded(tree: ast.Module, name: str) -> ModuleType:
    """A module made of a mutant, apart from the real one."""
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(tree, name, "exec"), module.__dict__)
    return module


def tokens_hold(module: ModuleType) -> bool:
    """Whether a copy of ``tokens.py`` issues what it should, accepts that, and refuses every forgery."""
    now = datetime.now(UTC)
    signer = module.TokenSigner(f"{SECRET} {OLDER}")
    mine = signer.issue(user_id=USER, session_id=SESSION, generation=3, now=now, second_factor=True)
    theirs = signer.issue(
        user_id=USER, session_id=SESSION, generation=3, now=now, client_id=CLIENT, scopes=("b:c:d", "a:b:c")
    )
    fading = signer.issue(user_id=USER, session_id=SESSION, generation=3, now=now, until=now + timedelta(seconds=5))
    good = [mine, forge(), forge(header(kid=key_id(OLDER)), secret=OLDER)]
    good += [forge(body=claims(iat=after(28), nbf=after(28), exp=after(628)))]
    good += [forge(body=claims(iat=after(-600), nbf=after(-600), exp=after(-27)))]
    good += [sized(4093)]
    found = signer.verify(theirs, now=now)
    # A mutant that agrees with itself alone is caught by the module as it is.
    from taizhang.accounts import tokens as real

    judge = real.TokenSigner(f"{SECRET} {OLDER}")
    late = datetime.fromtimestamp(after(36), UTC)
    return (
        all((one := signer.verify(token, now=now)).user_id == USER and one.session_id == SESSION for token in good)
        and (found.client_id, found.scopes, found.generation) == (CLIENT, {"a:b:c", "b:c:d"}, 3)
        and (signer.verify(mine, now=now).second_factor, found.second_factor) == (True, False)
        and (signer.verify(mine, now=now).client_id, signer.verify(mine, now=now).scopes) == (None, frozenset())
        and all(judge.verify(token, now=now).generation == 3 for token in (mine, theirs, fading))
        and len({signer.issue(user_id=USER, session_id=SESSION, generation=3, now=now) for _ in range(3)}) == 3
        and _refused_late(module, fading, late)
        and (lasting := module.TokenSigner(SECRET)).lifetime == timedelta(minutes=10)
        and lasting.issue(user_id=USER, session_id=SESSION, generation=3, now=now) != ""
        and all(_is_weak(module, secret) for secret in WEAK)
        and module.decode_secret("A" * 43) == bytes(32)
        and all(refuses(module, make) for make in all_forged().values())
    )


def _refused_late(module: ModuleType, token: str, late: datetime) -> bool:
    try:
        module.TokenSigner(SECRET).verify(token, now=late)
    except module.InvalidToken:
        return True
    return False


def _is_weak(module: ModuleType, secret: str) -> bool:
    try:
        module.TokenSigner(secret)
    except module.WeakSecret:
        return True
    return False


def rules_hold(module: ModuleType) -> bool:
    """Whether a copy of ``accounts/rules.py`` locks, ends and admits as the standards say."""
    now = datetime(2026, 11, 25, 2, tzinfo=UTC)
    minutes = [int((module.lock_until(now, earlier) - now).total_seconds()) // 60 for earlier in range(7)]
    idle, absolute = timedelta(minutes=30), timedelta(hours=12)
    ranges = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]
    return (
        minutes == [2, 4, 8, 16, 30, 30, 30]
        and module.session_expiry(now, now, idle=idle, absolute=absolute) == now + idle
        and module.session_expiry(now + absolute, now, idle=idle, absolute=absolute) == now + absolute
        and not module.is_reuse(now, now + timedelta(seconds=10))
        and module.is_reuse(now, now + timedelta(seconds=10, microseconds=1))
        and module.comes_from("10.9.8.7", ranges)
        and module.comes_from("fd00::1", ranges)
        and not any(module.comes_from(source, ranges) for source in ("11.0.0.1", "", None, "testclient", "10.0.0.1 "))
        and module.last_client_day(date(2026, 1, 1)) == date(2027, 1, 1)
    )


TARGETS: tuple[tuple[str, Callable[[ModuleType], bool]], ...] = (
    ("backend/taizhang/accounts/tokens.py", tokens_hold),
    ("backend/taizhang/accounts/rules.py", rules_hold),
)


def survivors(path: str, holds: Callable[[ModuleType], bool]) -> tuple[int, list[str]]:
    """How many mutants were tried, and which nobody noticed."""
    source = Path(path).read_text(encoding="utf-8")
    if not holds(loaded(ast.parse(source), "mutant")):
        raise AssertionError(f"{path} itself does not hold")
    tried, left = 0, []
    for where, tree in mutants(source):
        tried += 1
        try:
            noticed = not holds(loaded(tree, "mutant"))
        except Exception:
            noticed = True
        if not noticed:
            left.append(where)
    return tried, left


def report(**_: object) -> bool:
    """Run every target; at least nine mutants in ten must be noticed in each."""
    enough = True
    for path, holds in TARGETS:
        tried, left = survivors(path, holds)
        share = 1 - len(left) / tried
        print(f"变异 {path}：{tried} 个，发现 {tried - len(left)} 个（{share:.1%}，须 ≥ {GATE:.0%}）", flush=True)
        for where in left:
            print(f"  没有发现：{where}")
        enough &= share >= GATE
    return enough
