"""The promises page says what the bot says, names tests that exist, and is as new as what it is made from."""

import ast
import pkgutil
from pathlib import Path

import pytest

from bot.chat.moments import Moment
from bot.views.cards.promises import PROMISES
from tests.faults import full, report
from tests.promises import page


@pytest.mark.parametrize("language", page.PAGES)
def test_the_page_is_what_make_promises_writes(language: str) -> None:
    assert page.PAGES[language].read_text("utf-8") == page.written(language), "run make promises"


@pytest.mark.parametrize("name", PROMISES)
def test_no_promise_without_a_test_that_exists(name: str) -> None:
    behind = page.tests_behind(name)
    assert behind, "a promise nobody tests is no promise"
    for each in behind:
        path, _, function = each.partition("::")
        names = names_of_tests(page.ROOT / path)
        assert names and (not function or function in names), each


def names_of_tests(path: Path) -> set[str]:
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    every = {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, functions)}
    return {name for name in every if name.startswith("test_")}


def test_every_long_experiment_is_on_the_page_and_none_that_is_not_there() -> None:
    there = {module.name for module in pkgutil.iter_modules(full.__path__)}
    for language in page.PAGES:
        assert {each.name for each in page.experiments(language)} == there


def test_every_figure_that_is_shown_was_found() -> None:
    results = report.read()
    for each in page.experiments("en"):
        if each.name in results:
            assert set(each.labels) <= set(results[each.name]), each.name


@pytest.mark.parametrize("language", page.PAGES)
def test_every_crash_point_is_on_the_page(language: str) -> None:
    for point in Moment:
        assert f"| {point.value} | " in page.written(language)
