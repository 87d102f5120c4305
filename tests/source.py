"""Reads the house's own files, for the tests that hold rules against them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
BOT = ROOT / "bot"


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def in_repository(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def calls(name: str, *folders: str) -> Iterator[ast.Call]:
    """Every call of something with this name."""
    for path in python_files(*folders):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and called(node) == name:
                yield node


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    named = (each.value for each in call.keywords if each.arg == keyword)
    return call.args[position] if len(call.args) > position else next(named, None)


def literals(expression: ast.expr | None) -> list[str]:
    """The texts an expression can have: one, or either of `a if … else b`; none where it is computed."""
    match expression:
        case ast.Constant(str(value)):
            return [value]
        case ast.IfExp(body=body, orelse=orelse):
            return [*literals(body), *literals(orelse)]
    return []


def docstrings(module: ast.Module) -> set[ast.Constant]:
    """Also the texts that stand under a constant or a field to explain it."""
    return {
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def repository_files() -> list[Path]:
    """Everything that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return sorted(path for path in found if path.is_file())


def says(text: str, word: str) -> bool:
    """Whether a text has this word and not only a longer one around it."""
    return bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))
