"""Production runs `python -O`: nothing of the work hangs on an assertion, and the crash points are compiled away."""

import ast
import dis
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from tests.source import BOT, called, in_repository, python_files, tree

SPEAKERS = [path for path in python_files("bot") if "import Moment, reached" in path.read_text("utf-8")]


def functions(code: CodeType) -> Iterator[CodeType]:
    """The code of every function of a module, however deep; not the module's own, which imports the names."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from functions(constant)


def mentions(path: Path, optimise: int) -> bool:
    compiled = compile(path.read_text("utf-8"), str(path), "exec", optimize=optimise, dont_inherit=True)
    done = (step for each in functions(compiled) for step in dis.get_instructions(each))
    return any(step.argval in ("reached", "Moment") for step in done)


def test_nothing_in_the_house_asserts() -> None:
    asserting = [
        f"{in_repository(path)}:{node.lineno}"
        for path in python_files("bot")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert)
    ]
    assert asserting == [], "python -O leaves it out: raise instead"


@pytest.mark.parametrize("path", SPEAKERS, ids=in_repository)
def test_no_crash_point_is_left_in_production(path: Path) -> None:
    assert mentions(path, 0), "the tests reach it"
    assert not mentions(path, 1), "write: if __debug__: reached(…)"


def test_there_are_crash_points_in_every_part_of_the_way() -> None:
    assert len(SPEAKERS) >= 6


def test_the_service_runs_optimised() -> None:
    assert "python -O -m bot serve" in (BOT.parent / "deploy" / "yorisoi.service").read_text("utf-8")


def test_nothing_else_depends_on_debugging() -> None:
    """`__debug__` guards crash points and nothing that the house does."""
    for path in python_files("bot"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "__debug__":
                (only,) = node.body
                assert isinstance(only, ast.Expr) and isinstance(only.value, ast.Call), in_repository(path)
                assert called(only.value) == "reached", in_repository(path)
                assert not node.orelse, in_repository(path)
